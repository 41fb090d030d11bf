#pragma once

#include "server/store/rollups/principle_count_reader.h"
#include "server/store/write_connection.h"

#include <vector>

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

    /// What one row has.
    struct Row
    {
        qint64 part = 0;
        analytics::PrincipleCounts counts;
    };
    using Rows = std::vector<Row>;

    /// The rows of these principles, and no other, with more added to the bucket's counts. Writes nothing.
    Result<Rows> sums(Grain grain, protocol::Timestamp start, const analytics::PrincipleCounts& more);

    Result<void> write(Grain grain, protocol::Timestamp start, const Rows& rows);

    /// Both.
    Result<void> add(Grain grain, protocol::Timestamp start, const analytics::PrincipleCounts& more);

private:
    WriteConnection& m_connection;
    const Scope m_scope;
};

} // namespace prism::store
