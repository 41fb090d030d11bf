#pragma once

#include "server/analytics/rollup_delta.h"
#include "server/store/read_connection.h"
#include "server/store/rollups/scope.h"
#include "shared/protocol/timestamp.h"

#include <functional>

namespace prism::store {

/// A change to one bucket, as it was committed.
struct StoredDelta
{
    qint64 ordinal = 0;
    Scope scope = everything;
    protocol::Timestamp quarter{}; ///< of an hour that it is about; its start
    analytics::RollupDelta delta;
};

/// Reads what commits changed in the rollups: deltas, numbered in the order of the commits. Those up to one
/// of them are folded into the buckets, the others wait; some of the folded are kept, for those who want to
/// know what changed. Lives on its connection's thread.
class DeltaReader
{
public:
    explicit DeltaReader(ReadConnection& connection)
        : m_connection(connection)
    {
    }

    /// How far the deltas go, by ordinal.
    struct Extent
    {
        qint64 first = 0;  ///< that is kept; 0 without any
        qint64 last = 0;   ///< that was committed; 0 without any
        qint64 folded = 0; ///< the last that is

        qint64 waiting() const { return last - folded; }
    };
    Result<Extent> extent();

    /// Those after this one, in order, until `each` returns false. Unavailable when one is damaged.
    using Each = std::function<bool(StoredDelta delta)>;
    Result<void> forEachAfter(qint64 ordinal, const Each& each);

private:
    ReadConnection& m_connection;
};

} // namespace prism::store
