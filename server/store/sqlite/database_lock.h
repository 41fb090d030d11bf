#pragma once

#include "shared/protocol/error.h"

#include <QString>

namespace prism::store::sqlite {

/// Makes one process the only owner of a database file: a lock on a file beside it, which the kernel releases
/// when the process ends, however it ends. The lock file tells others where to reach the owner.
class DatabaseLock
{
public:
    /// Unavailable when another process holds it; the error's details have the owner's address if it said
    /// one.
    static protocol::Result<DatabaseLock> acquire(const QString& databaseFile);

    DatabaseLock(DatabaseLock&& other) noexcept;
    DatabaseLock& operator=(DatabaseLock&&) = delete;
    ~DatabaseLock();

    /// Tells others the URL at which the owner answers.
    void announce(const QString& url) const;

private:
    explicit DatabaseLock(int descriptor)
        : m_descriptor(descriptor)
    {
    }

    int m_descriptor;
};

} // namespace prism::store::sqlite
