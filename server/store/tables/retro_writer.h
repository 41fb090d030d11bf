#pragma once

#include "server/store/tables/retro_reader.h"
#include "server/store/write_connection.h"

namespace prism::store {

/// Writes down the retrospectives. Lives on its connection's thread.
class RetroWriter : public RetroReader
{
public:
    explicit RetroWriter(WriteConnection& connection)
        : RetroReader(connection)
        , m_connection(connection)
    {
    }

    /// Whether it was stored: not when one with its id is there already. `imported` says that it was brought
    /// in from elsewhere afterwards.
    Result<bool> insert(const protocol::Retro& retro, bool imported = false);

private:
    WriteConnection& m_connection;
};

} // namespace prism::store
