#pragma once

#include "server/store/sqlite/connection.h"

#include <mutex>

namespace prism::store::sqlite {

/// The place of one connection that reads, which another thread may empty while nobody uses it: so all
/// connections to a file can be closed at once. Used by the thread of the connection, but vacate() and
/// release(). The lock is of this place alone, and hardly ever waited for.
class Seat
{
public:
    /// `isGuarded`: what becomes of the log when the last connection goes is decided elsewhere.
    Seat(QString file, bool isGuarded)
        : m_file(std::move(file))
        , m_isGuarded(isGuarded)
    {
    }
    Seat(const Seat&) = delete;
    Seat& operator=(const Seat&) = delete;
    ~Seat() = default;

    /// Nobody empties it until leave() was called as often. Opens the connection where there is none. With an
    /// error it was left again.
    Result<Connection*> enter();
    void leave();

    /// As ReadConnection's, for each connection that is opened here.
    void breakOffWhen(std::function<bool()> isEnough);

    /// Closes the connection and keeps whoever wants to read waiting until release(). False when somebody
    /// reads just now.
    bool vacate();
    void release() { m_taken.unlock(); }

private:
    const QString m_file;
    const bool m_isGuarded;
    std::mutex m_taken;
    int m_depth = 0; ///< how often its thread has entered
    std::function<bool()> m_isEnough;
    std::unique_ptr<Connection> m_connection;
};

} // namespace prism::store::sqlite
