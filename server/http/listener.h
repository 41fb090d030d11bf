#pragma once

#include <QTcpServer>

#include <functional>

namespace prism::http {

/// A listening socket that hands each accepted descriptor on, unopened. Lives on the main thread.
class Listener : public QTcpServer
{
    Q_OBJECT

public:
    using Sink = std::function<void(qintptr descriptor)>;

    Listener(Sink sink, QObject* parent);

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    const Sink m_sink;
};

} // namespace prism::http
