#pragma once

#include "server/alerting/buckets.h"
#include "server/analytics/anomaly.h"
#include "server/analytics/history.h"

namespace prism::alerting {

/// Says what is out of the ordinary in one hour or day, compared with those before. What was imported is
/// history, and is not examined. Lives on its source's thread; both are borrowed.
class Detector
{
public:
    using Alerts = protocol::Result<std::vector<protocol::Alert>>;

    Detector(analytics::HistorySource& source, const QTimeZone& zone)
        : m_source(source)
        , m_zone(zone)
    {
    }

    /// Violation spike and performance degradation, of an hour that is over or still running.
    Alerts hour(const Span& hour, const protocol::AlertSettings& settings, Timestamp now);

    /// Quality drop, of a day that is over or still running; usage drop of one that is over, as there are
    /// always fewer people in one that is not.
    Alerts day(const Span& day, const protocol::AlertSettings& settings, Timestamp now);

private:
    using Buckets = protocol::Result<std::vector<analytics::Bucket>>;

    /// Those of the spans that are not before the first data.
    Buckets known(const std::vector<Span>& spans);

    analytics::HistorySource& m_source;
    const QTimeZone& m_zone;
};

} // namespace prism::alerting
