#include "client/net/event_cursor.h"

namespace prism::net {

EventCursor::Verdict EventCursor::accept(protocol::Seq seq)
{
    if (!m_position || seq > m_position->seq + 1)
        return Verdict::Gap;
    if (seq <= m_position->seq)
        return Verdict::Repeat;
    m_position->seq = seq;
    return Verdict::Next;
}

} // namespace prism::net
