#pragma once

#include "server/analytics/window.h"
#include "server/store/rollups/delta_reader.h"

#include <deque>

namespace prism::store {

/// The deltas of one scope that a reader has to think of: those that wait to be folded, and the last before
/// them, for what the reader keeps. Lives on its connection's thread.
class DeltaTail
{
public:
    explicit DeltaTail(ReadConnection& connection, Scope scope = everything)
        : m_reader(connection)
        , m_scope(scope)
    {
    }

    /// Reads what was committed since the last time. Whether that is all that was: not the first time, and
    /// not after a long pause, when what changed meanwhile is folded and forgotten. After an error it is as
    /// if this were the first time.
    Result<bool> advance();

    /// The last delta there is; 0 without any.
    qint64 last() const { return m_extent.last; }

    /// Whether all that came after this one is here.
    bool reachesBackTo(qint64 ordinal) const { return ordinal >= m_before; }

    using Each = std::function<void(const StoredDelta& delta)>;

    /// Those after this one, which it reaches back to.
    void forEachAfter(qint64 ordinal, const Each& each) const;

    /// Those about quarters in the span that are in no folded bucket.
    void forEachWaiting(const analytics::Span& span, const Each& each) const;
    void forEachWaiting(const Each& each) const { forEachAfter(m_extent.folded, each); }

private:
    Result<void> readAfter(qint64 ordinal);
    void forgetOldest();

    DeltaReader m_reader;
    const Scope m_scope;
    DeltaReader::Extent m_extent;
    qint64 m_before = -1; ///< all after this one are here; negative before the first time
    std::deque<StoredDelta> m_deltas;
};

} // namespace prism::store
