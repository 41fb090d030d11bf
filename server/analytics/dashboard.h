#pragma once

#include "server/analytics/assessments.h"
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

    /// `known` is the noise of the window's period.
    protocol::Result<protocol::Dashboard> dashboard(const Window& window, const KnownNoise& known);

    /// Of each of its numbers. Not of Period::All.
    protocol::Result<Assessments> assessments(const Window& window, const KnownNoise& known);

    /// Whether the span it is compared with lies wholly after the first data.
    protocol::Result<bool> hasBaseline(const Window& window);

    protocol::Result<protocol::Usage> usage(const Window& window);
    protocol::Result<protocol::Quality> quality(const Window& window);
    protocol::Result<protocol::Performance> performance(const Window& window);

private:
    protocol::Result<SpanFacts> factsOf(const Window& window);
    protocol::Result<std::optional<SpanFacts>> factsBefore(const Window& window);
    protocol::Result<protocol::Usage> usage(const Window& window, const SpanFacts& facts);
    protocol::Result<protocol::Quality> quality(const Window& window, const Rollup& rollup);
    Timestamp endOfDay(Timestamp t) const;
    protocol::Result<void> addTrends(const Window& window, protocol::Dashboard& dashboard);
    double daysSoFar(const Window& window, std::optional<Timestamp> earliest) const;

    Source& m_source;
    const QTimeZone& m_zone;
    statistics::Findings& m_findings;
};

} // namespace prism::analytics
