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

/// Reads what commits changed in the rollups of one scope: deltas, numbered in the order of the commits, in
/// each project's scope for itself. Those up to one of them are folded into the buckets, the others wait;
/// some of the folded are kept, for those who want to know what changed. Lives on its connection's thread.
class DeltaReader
{
public:
    explicit DeltaReader(ReadConnection& connection, Scope scope = everything)
        : m_connection(connection)
        , m_scope(scope)
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

protected:
    Scope scope() const { return m_scope; }

private:
    Result<Rows> selectAfter(qint64 ordinal);

    ReadConnection& m_connection;
    Scope m_scope;
};

} // namespace prism::store
