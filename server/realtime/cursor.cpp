#include "server/realtime/cursor.h"

#include <algorithm>
#include <sys/socket.h>

namespace prism::realtime {

qsizetype Cursor::write(const QByteArray& bytes)
{
    written += bytes.size();
    const ssize_t taken =
        ::send(descriptor, bytes.constData(), std::size_t(bytes.size()), MSG_NOSIGNAL | MSG_DONTWAIT);
    return std::max<qsizetype>(taken, 0);
}

Cursors::Place Cursors::place(Session* session, int descriptor, Encoding encoding, protocol::Seq next)
{
    if (m_free.empty())
        m_free.push_back(&m_all.emplace_back());
    Cursor* const cursor = m_free.back();
    m_free.pop_back();
    *cursor = Cursor{session, next, 0, descriptor, encoding, false};
    return Place(cursor, GiveBack{this});
}

void Cursors::free(Cursor& cursor)
{
    cursor = {};
    m_free.push_back(&cursor);
}

} // namespace prism::realtime
