#pragma once

#include "server/analytics/principle_counts.h"
#include "server/analytics/rollup.h"

namespace prism::analytics {

/// What one commit changed in one bucket, to be added to it. Marks take away, so that numbers may be
/// negative. A plain value.
struct RollupDelta
{
    Rollup rollup;
    PrincipleCounts principles;

    void merge(const RollupDelta& other);

    QByteArray encode() const;

    /// Nothing when the bytes are damaged or of a later version.
    static std::optional<RollupDelta> decode(QByteArrayView bytes);

    bool operator==(const RollupDelta&) const = default;
};

} // namespace prism::analytics
