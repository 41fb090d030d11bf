#pragma once

#include "server/store/rollups/rollup_reader.h"
#include "server/store/write_connection.h"

namespace prism::store {

/// Writes the stored rollups. Lives on its connection's thread.
class RollupWriter : public RollupReader
{
public:
    explicit RollupWriter(WriteConnection& connection)
        : RollupReader(connection)
        , m_connection(connection)
    {
    }

    /// `revision` is the position of the change, or later.
    Result<void> write(Grain grain, protocol::Timestamp start, const analytics::Rollup& rollup,
                       protocol::Seq revision);

    Result<void> clear(Grain grain);

private:
    WriteConnection& m_connection;
};

} // namespace prism::store
