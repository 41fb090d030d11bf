#pragma once

#include "server/analytics/principle_counts.h"
#include "server/analytics/rollup_delta.h"

namespace prism::store {

/// A rollup as it was stored before the counts of principles had rows of their own. Like all of those times
/// it is without hits, which were not counted.
struct OlderRollup
{
    /// So many principles, and no more, were counted.
    static constexpr std::size_t mostPrinciples = 2'000;

    analytics::Rollup rollup;
    std::vector<analytics::PrincipleCount> principles; ///< by id

    /// Nothing when the bytes are damaged or belong to other figures.
    static std::optional<OlderRollup> decode(QByteArrayView figures, QByteArrayView content);
};

/// The same of what was stored after that and before hits were counted.
std::optional<analytics::Rollup> decodeWithoutHits(QByteArrayView figures, QByteArrayView content);
std::optional<analytics::RollupDelta> decodeDeltaWithoutHits(QByteArrayView bytes);

} // namespace prism::store
