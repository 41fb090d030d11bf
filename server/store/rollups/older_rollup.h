#pragma once

#include "server/analytics/principle_counts.h"
#include "server/analytics/rollup.h"

namespace prism::store {

/// A rollup as it was stored before the counts of principles had rows of their own.
struct OlderRollup
{
    /// So many principles, and no more, were counted.
    static constexpr std::size_t mostPrinciples = 2'000;

    analytics::Rollup rollup;
    std::vector<analytics::PrincipleCount> principles; ///< by id

    /// Nothing when the bytes are damaged or belong to other figures.
    static std::optional<OlderRollup> decode(QByteArrayView figures, QByteArrayView content);
};

} // namespace prism::store
