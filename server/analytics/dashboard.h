#pragma once

#include "server/analytics/source.h"
#include "shared/protocol/dashboard.h"

namespace prism::analytics {

/// Computes what a dashboard shows from what happened. Everything but `alerts` and `position` is filled in.
/// The parts are what their own endpoints answer with.
class DashboardBuilder
{
public:
    /// Both are borrowed for the life of the builder.
    DashboardBuilder(Source& source, const QTimeZone& zone)
        : m_source(source)
        , m_zone(zone)
    {
    }

    protocol::Result<protocol::Dashboard> dashboard(const Window& window);
    protocol::Result<protocol::Usage> usage(const Window& window);
    protocol::Result<protocol::Quality> quality(const Window& window);
    protocol::Result<protocol::Performance> performance(const Window& window);
    protocol::Result<protocol::Trend> violationsTrend(const Window& window);

private:
    using Counts = protocol::Result<std::vector<QuarterCount>>;

    protocol::Result<protocol::Summary> summary(const Span& span);
    protocol::Result<protocol::Usage> usage(const Window& window, const Totals& totals,
                                            const std::vector<ActiveQuarter>& activity);
    protocol::Result<protocol::Quality> quality(const Window& window, const Totals& totals);
    protocol::Result<protocol::Trend> trend(const Window& window, const Counts& counts);

    Source& m_source;
    const QTimeZone& m_zone;
};

} // namespace prism::analytics
