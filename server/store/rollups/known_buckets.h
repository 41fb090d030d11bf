#pragma once

#include "server/analytics/source.h"

#include <map>

namespace prism::store {

/// What was found of whole buckets of trends, as long as nothing comes into them: most are over for good, are
/// asked for again and again, and are read from rollups that are too large to be kept. Belongs to one thread.
class KnownBuckets
{
public:
    struct Facts
    {
        analytics::Distinct users;
        analytics::Times times;
    };

    /// Null where it is not known.
    const Facts* find(const analytics::Span& bucket) const;
    void keep(const analytics::Span& bucket, const Facts& facts);

    /// Something came into this quarter of an hour.
    void forget(analytics::Timestamp quarter);
    void forgetAll();

private:
    using Key = std::pair<analytics::Timestamp, analytics::Timestamp>;

    std::map<Key, Facts> m_known;
    std::chrono::milliseconds m_longest{0}; ///< of those there were
};

} // namespace prism::store
