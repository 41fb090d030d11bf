#pragma once

#include "server/store/read_connection.h"
#include "server/store/tables/hook.h"

namespace prism::store {

/// Reads which hooks there are. Lives on its connection's thread.
class HookReader
{
public:
    explicit HookReader(ReadConnection& connection)
        : m_connection(connection)
    {
    }

    /// The oldest first.
    Result<std::vector<Hook>> all();

private:
    ReadConnection& m_connection;
};

} // namespace prism::store
