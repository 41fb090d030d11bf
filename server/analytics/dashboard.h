#pragma once

#include "server/analytics/source.h"
#include "server/statistics/findings.h"
#include "shared/protocol/dashboard.h"

namespace prism::analytics {

/// Computes what a dashboard shows from what happened. Everything but `alerts` and `position` is filled in.
/// The parts are what their own endpoints answer with.
class DashboardBuilder
{
public:
    /// All are borrowed for the life of the builder.
    DashboardBuilder(Source& source, const QTimeZone& zone, statistics::Findings& findings)
        : m_source(source)
        , m_zone(zone)
        , m_findings(findings)
    {
    }

    protocol::Result<protocol::Dashboard> dashboard(const Window& window);
    protocol::Result<protocol::Usage> usage(const Window& window);
    protocol::Result<protocol::Quality> quality(const Window& window);
    protocol::Result<protocol::Performance> performance(const Window& window);

private:
    protocol::Result<protocol::Usage> usage(const Window& window, const Rollup& rollup);
    protocol::Result<protocol::Quality> quality(const Window& window, const Rollup& rollup);
    protocol::Result<void> addTrends(const Window& window, protocol::Dashboard& dashboard);
    Timestamp endOfDay(Timestamp t) const;
    double daysSoFar(const Window& window, std::optional<Timestamp> earliest) const;

    Source& m_source;
    const QTimeZone& m_zone;
    statistics::Findings& m_findings;
};

} // namespace prism::analytics
