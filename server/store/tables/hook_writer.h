#pragma once

#include "server/store/tables/hook_reader.h"
#include "server/store/write_connection.h"

namespace prism::store {

/// Writes down which hooks there are. Lives on its connection's thread.
class HookWriter : public HookReader
{
public:
    explicit HookWriter(WriteConnection& connection)
        : HookReader(connection)
        , m_connection(connection)
    {
    }

    Result<void> insert(const Hook& hook);

    /// Whether there was one.
    Result<bool> remove(const QString& id);

private:
    WriteConnection& m_connection;
};

} // namespace prism::store
