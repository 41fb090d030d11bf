#pragma once

#include "server/statistics/series.h"
#include "shared/protocol/timestamp.h"

namespace prism::analytics {

/// A number bucket by bucket, oldest first: those of a window, and those before it. The last is still
/// running.
struct Course
{
    std::vector<protocol::Timestamp> starts;
    statistics::Series values; ///< one a bucket: of an empty one 0 for counts, nothing for rates and times
    std::size_t window = 0;    ///< its first bucket
    std::size_t beginning = 0; ///< the first bucket with data
    bool estimated = false;    ///< one value at least is about

    /// The complete buckets since the first with data, from this one on at the earliest.
    std::size_t completeFrom(std::size_t first) const;
    statistics::Series complete(std::size_t first) const;

    /// The last `most` complete buckets, or as many as there are; where they begin.
    std::size_t last(std::size_t most) const;
};

} // namespace prism::analytics
