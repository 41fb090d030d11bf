#include "server/store/sqlite/seat.h"

namespace prism::store::sqlite {

Result<Connection*> Seat::enter()
{
    if (m_depth++ == 0)
        m_taken.lock();
    if (m_connection)
        return m_connection.get();
    auto opened = Connection::open(m_file, Connection::Mode::ReadOnly);
    if (!opened) {
        leave();
        return Failure(opened.error());
    }
    m_connection = std::move(*opened);
    m_connection->callAfterRows([this] { leave(); });
    m_connection->breakOffWhen(m_isEnough);
    if (m_isGuarded)
        m_connection->leaveLogWhenClosed();
    return m_connection.get();
}

void Seat::leave()
{
    if (--m_depth == 0)
        m_taken.unlock();
}

void Seat::breakOffWhen(std::function<bool()> isEnough)
{
    m_isEnough = std::move(isEnough);
    if (const Result<Connection*> connection = enter()) {
        (*connection)->breakOffWhen(m_isEnough);
        leave();
    }
}

bool Seat::vacate()
{
    if (!m_taken.try_lock())
        return false;
    m_connection.reset();
    return true;
}

} // namespace prism::store::sqlite
