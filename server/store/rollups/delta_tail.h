#pragma once

#include "server/analytics/window.h"
#include "server/store/rollups/delta_reader.h"

#include <deque>

namespace prism::store {

/// The deltas of some scopes that a reader has to think of, in one order of its own: those that wait to be
/// folded, and the last before them, for what the reader keeps. Lives on its connection's thread.
class DeltaTail
{
public:
    explicit DeltaTail(ReadConnection& connection, const Scopes& scopes = {everything});

    /// Reads what was committed since the last time. Whether that is all that was: not the first time, and
    /// not after a long pause, when what changed meanwhile is folded and forgotten. After an error it is as
    /// if this were the first time.
    Result<bool> advance();

    /// The place of the last delta that was read; 0 without any.
    qint64 last() const { return m_last; }

    /// Whether all that came after this one is here.
    bool reachesBackTo(qint64 place) const { return place >= m_before; }

    using Each = std::function<void(const StoredDelta& delta)>;

    /// Those after this one, which it reaches back to.
    void forEachAfter(qint64 place, const Each& each) const;

    /// Those about quarters in the span that are in no folded bucket.
    void forEachWaiting(const analytics::Span& span, const Each& each) const;
    void forEachWaiting(const Each& each) const;

private:
    /// How far the deltas of one scope are read.
    struct Followed
    {
        DeltaReader reader;
        DeltaReader::Extent extent = {};
        qint64 seen = -1; ///< the last that was read; negative before the first time

        bool isGapless() const;
    };

    struct Kept
    {
        qint64 place = 0;
        std::size_t followed = 0;
        StoredDelta delta;
    };

    Result<void> readAfter(std::size_t followed, qint64 ordinal);
    void forgetFolded();
    bool isWaiting(const Kept& kept) const;

    std::vector<Followed> m_followed;
    qint64 m_last = 0;
    qint64 m_before = -1; ///< all after this one are here; negative before the first time
    std::deque<Kept> m_deltas;
    std::size_t m_firstWaiting = 0; ///< of them; none before it waits
};

} // namespace prism::store
