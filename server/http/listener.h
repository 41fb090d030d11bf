#pragma once

#include "server/io/descriptor.h"

#include <QTcpServer>

#include <functional>

namespace prism::http {

/// A listening socket that hands each accepted connection on, unread. Lives on the main thread.
class Listener : public QTcpServer
{
    Q_OBJECT

public:
    using Sink = std::function<void(io::Descriptor descriptor)>;

    Listener(Sink sink, QObject* parent);

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    const Sink m_sink;
};

} // namespace prism::http
