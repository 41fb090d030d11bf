#pragma once

#include "server/store/rollups/delta_reader.h"
#include "server/store/write_connection.h"

namespace prism::store {

/// Appends deltas to those of one scope, and removes those that nobody needs any more. Lives on its
/// connection's thread.
class DeltaWriter : public DeltaReader
{
public:
    /// Principles in a row at most; what changes more takes several rows, so that each can be folded alone.
    static constexpr std::size_t principlesARow = 256;

    explicit DeltaWriter(WriteConnection& connection, Scope scope = everything)
        : DeltaReader(connection, scope)
        , m_connection(connection)
    {
    }

    Result<void> append(protocol::Timestamp quarter, const analytics::RollupDelta& delta);

    /// Those up to this one are folded now. Keeps the last of them.
    Result<void> noteFolded(qint64 ordinal);

private:
    Result<void> appendRow(protocol::Timestamp quarter, const analytics::RollupDelta& delta);

    WriteConnection& m_connection;
};

} // namespace prism::store
