#pragma once

#include "server/store/sqlite/database_lock.h"
#include "server/store/sqlite/file_watch.h"
#include "server/store/sqlite/seat.h"

#include <vector>

namespace prism::store::sqlite {

/// The file of a database as this process has it: what locks it, what watches it, and the connections that
/// read it. Shared by all connections, so that its descriptors are closed after theirs. Used from any thread;
/// the watch by the one who writes.
class DatabaseFile
{
public:
    /// Locks and watches it. As DatabaseLock::acquire().
    static Result<std::shared_ptr<DatabaseFile>> claim(const QString& name);

    /// Without lock and watch, for those that need neither.
    static std::shared_ptr<DatabaseFile> unguarded(const QString& file);

    /// What SQLite opens.
    const QString& path() const { return m_path; }

    /// Null where it is not guarded.
    DatabaseLock* lock() { return m_lock ? &*m_lock : nullptr; }
    FileWatch* watch() { return m_watch ? &*m_watch : nullptr; }

    std::shared_ptr<Seat> seat();

    /// Closes all connections that read, calls `call` and lets them be opened again when somebody reads.
    /// False when somebody did not stop reading for half a second; nothing was called then.
    bool whileNobodyReads(const std::function<void()>& call);

private:
    explicit DatabaseFile(QString path)
        : m_path(std::move(path))
    {
    }

    const QString m_path;
    std::optional<DatabaseLock> m_lock;
    std::optional<FileWatch> m_watch;
    std::mutex m_mutex;
    std::vector<std::weak_ptr<Seat>> m_seats;
};

} // namespace prism::store::sqlite
