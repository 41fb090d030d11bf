#pragma once

#include "server/alerting/buckets.h"
#include "server/alerting/finding.h"
#include "server/analytics/history.h"
#include "server/statistics/evidence.h"
#include "shared/protocol/settings.h"

#include <functional>

namespace prism::alerting {

/// Says what is out of the ordinary, and what is not any more, by the hours and days and the alerts that
/// there are: nothing else is remembered, so that a restart forgets nothing. What was imported or came late
/// is history: it is compared with, and not judged; by changing what is usual it raises nothing, until a
/// check is seen live. Lives on its source's thread; all but the zone is borrowed.
class Detector
{
public:
    Detector(analytics::HistorySource& source, const QTimeZone& zone, const protocol::AlertSettings& settings,
             Timestamp now)
        : m_source(source)
        , m_settings(settings)
        , m_now(now)
        , m_buckets(zone, now)
    {
    }

    /// The alerts that are not as they were: new ones, and others with what has become of them.
    using Alerts = protocol::Result<std::vector<Alert>>;
    Alerts alerts();

private:
    using Findings = protocol::Result<Finding>;
    using Last = std::optional<Alert>;
    using Spans = std::vector<Span>;
    using Count = std::function<statistics::Hits(const analytics::Rollup::Part& part)>;

    /// Of what, how, and since when evidence is gathered.
    struct Evidenced
    {
        int daysLookedBack;
        bool byDay;
        double ratio;
        double threshold;
        Count count;
    };

    Findings violationSpike(const Last& last);
    Findings performanceDegradation(const Last& last);
    Findings qualityDrop(const Last& last);
    Findings usageDrop(const Last& last);
    Findings slowChecks(const Last& last);

    Findings evidence(const Evidenced& kind, const Last& last);
    Span baseline(int daysLookedBack) const;
    Spans bucketsOf(const Span& span, bool byDay);

    /// Those of the spans that are not before the first data.
    protocol::Result<std::vector<analytics::BucketPtr>> known(const Spans& spans);

    analytics::HistorySource& m_source;
    const protocol::AlertSettings& m_settings;
    const Timestamp m_now;
    Buckets m_buckets;
    std::optional<Timestamp> m_earliest;
};

} // namespace prism::alerting
