#pragma once

#include "server/analytics/source.h"
#include "shared/protocol/dashboard.h"

namespace prism::analytics {

using protocol::TrendMetric;

/// Computes any metric bucket by bucket over a window. Counts of an empty bucket are 0, rates and times null.
class TrendBuilder
{
public:
    /// Both are borrowed for the life of the builder.
    TrendBuilder(Source& source, const QTimeZone& zone)
        : m_source(source)
        , m_zone(zone)
    {
    }

    protocol::Result<protocol::Trend> trend(TrendMetric metric, const Window& window);

private:
    using Values = std::vector<std::optional<double>>;

    protocol::Result<Values> counts(TrendMetric metric, const Window& window,
                                    const std::vector<Timestamp>& starts);
    protocol::Result<Values> times(TrendMetric metric, const Window& window,
                                   const std::vector<Timestamp>& starts);

    Source& m_source;
    const QTimeZone& m_zone;
};

} // namespace prism::analytics
