#pragma once

#include "server/store/rollups/principle_count_reader.h"
#include "server/store/write_connection.h"

namespace prism::store {

/// Writes how often principles were violated in the folded buckets of one scope. Lives on its connection's
/// thread.
class PrincipleCountWriter : public PrincipleCountReader
{
public:
    explicit PrincipleCountWriter(WriteConnection& connection, Scope scope = everything)
        : PrincipleCountReader(connection, {scope})
        , m_connection(connection)
        , m_scope(scope)
    {
    }

    /// Adds to the bucket's counts. Rewrites the rows of these principles and no other.
    Result<void> add(Grain grain, protocol::Timestamp start, const analytics::PrincipleCounts& more);

private:
    Result<void> addToRow(Grain grain, protocol::Timestamp start, qint64 part,
                          const analytics::PrincipleCounts& more);

    WriteConnection& m_connection;
    const Scope m_scope;
};

} // namespace prism::store
