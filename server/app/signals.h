#pragma once

#include <QObject>

namespace prism::app {

/// Turns SIGINT and SIGTERM into a Qt signal, on the main thread. One per process, made before any other
/// thread, so that all of them leave these signals to it.
class Signals : public QObject
{
    Q_OBJECT

public:
    explicit Signals(QObject* parent = nullptr);
    ~Signals() override;

signals:
    void stopRequested();

private:
    int m_descriptor;
};

} // namespace prism::app
