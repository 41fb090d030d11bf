#include "server/realtime/publisher.h"

#include <utility>

namespace prism::realtime {

Publisher::Publisher(protocol::Seq head, std::size_t maxFrames, qint64 maxBytes)
    : m_backlog(head, maxFrames, maxBytes)
    , m_announced(head)
{
}

void Publisher::announce()
{
    if (std::exchange(m_announced, m_backlog.head()) != m_backlog.head())
        emit published();
}

} // namespace prism::realtime
