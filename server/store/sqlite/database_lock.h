#pragma once

#include "shared/protocol/error.h"

#include <QString>

namespace prism::store::sqlite {

/// Makes one process the only owner of a database: a lock on the file itself, by whatever name it is reached,
/// and one on a file beside it, which tells others where to reach the owner. The kernel releases both when
/// the process ends, however it ends.
///
/// Owns a descriptor of the database. SQLite loses its own locks when the process closes any descriptor of
/// the file: this one is opened before SQLite's and has to be closed after them, and nothing else in the
/// process may open the file.
class DatabaseLock
{
public:
    /// Makes the file where there is none, empty. Unavailable when another process holds it; the error's
    /// details have the owner's address if it said one. Unavailable also where something else than a file
    /// with one name lies in the place of either, which is left as it is.
    static protocol::Result<DatabaseLock> acquire(const QString& databaseFile);

    DatabaseLock(DatabaseLock&& other) noexcept;
    DatabaseLock& operator=(DatabaseLock&&) = delete;
    ~DatabaseLock();

    /// Tells others the URL at which the owner answers.
    void announce(const QString& url) const;

    /// Of the database.
    int descriptor() const { return m_database; }

private:
    DatabaseLock(int lock, int database)
        : m_lock(lock)
        , m_database(database)
    {
    }

    int m_lock;
    int m_database;
};

} // namespace prism::store::sqlite
