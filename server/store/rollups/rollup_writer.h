#pragma once

#include "server/store/rollups/rollup_reader.h"
#include "server/store/write_connection.h"

namespace prism::store {

/// Writes the folded rollups of one scope. Lives on its connection's thread.
class RollupWriter : public RollupReader
{
public:
    explicit RollupWriter(WriteConnection& connection, Scope scope = everything)
        : RollupReader(connection, {scope})
        , m_connection(connection)
        , m_scope(scope)
    {
    }

    Result<void> write(Grain grain, protocol::Timestamp start, const analytics::Rollup& rollup);

private:
    WriteConnection& m_connection;
    const Scope m_scope;
};

} // namespace prism::store
