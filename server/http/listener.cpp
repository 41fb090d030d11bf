#include "server/http/listener.h"

namespace prism::http {

Listener::Listener(Sink sink, QObject* parent)
    : QTcpServer(parent)
    , m_sink(std::move(sink))
{
    setListenBacklogSize(4096);
}

void Listener::incomingConnection(qintptr descriptor)
{
    m_sink(io::Descriptor::accepted(int(descriptor)));
}

} // namespace prism::http
