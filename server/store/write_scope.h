#pragma once

#include "server/store/write_connection.h"

namespace prism::store {

/// Statements that are all done, or none of them: what was written since the object was made is undone when
/// it goes, unless commit() was called. One at a time for each connection, on its thread.
class WriteScope
{
public:
    static Result<WriteScope> begin(WriteConnection& connection);

    WriteScope(WriteScope&& other) noexcept
        : m_connection(std::exchange(other.m_connection, nullptr))
    {
    }
    WriteScope& operator=(WriteScope&&) = delete;
    ~WriteScope();

    /// It is on disk when this returns without an error; with one, it is undone.
    Result<void> commit();

private:
    explicit WriteScope(WriteConnection& connection)
        : m_connection(&connection)
    {
    }

    WriteConnection* m_connection; ///< null once there is nothing to undo
};

} // namespace prism::store
