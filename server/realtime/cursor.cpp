#include "server/realtime/cursor.h"

namespace prism::realtime {

Cursors::Place Cursors::place(Session* session, io::Wire wire, Encoding encoding, protocol::Seq next)
{
    if (m_free.empty())
        m_free.push_back(&m_all.emplace_back());
    Cursor* const cursor = m_free.back();
    m_free.pop_back();
    *cursor = Cursor{session, next, 0, wire, encoding, false};
    return Place(cursor, GiveBack{this});
}

void Cursors::free(Cursor& cursor)
{
    cursor = {};
    m_free.push_back(&cursor);
}

} // namespace prism::realtime
