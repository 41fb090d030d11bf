#pragma once

#include <QObject>

namespace prism::desktop {

/// Turns SIGTERM, SIGINT and SIGHUP into a Qt signal, so that what a desktop ends without a word is saved all
/// the same. One per process, made before the application and with it any other thread.
class Termination : public QObject
{
    Q_OBJECT

public:
    explicit Termination(QObject* parent = nullptr);
    ~Termination() override;

    /// Once the application is there.
    void listen();

signals:
    void requested();

private:
    int m_descriptor;
};

} // namespace prism::desktop
