#pragma once

#include "server/analytics/course_reader.h"
#include "server/statistics/findings.h"
#include "shared/protocol/forecast.h"

namespace prism::analytics {

/// Says of any metric how it went over a window, bucket by bucket, and where it goes: at the error rates that
/// the statistics have, of complete buckets since the first with data, and nothing where too little is known.
class TrendBuilder
{
public:
    /// All are borrowed for the life of the builder.
    TrendBuilder(Source& source, const QTimeZone& zone, statistics::Findings& findings)
        : m_courses(source, zone)
        , m_findings(findings)
    {
    }

    protocol::Result<protocol::Trend> trend(TrendMetric metric, const Window& window);

    /// So many (1 or more) buckets from the one after the running one on. The origin is left to the caller.
    protocol::Result<protocol::ForecastReport> forecast(TrendMetric metric, protocol::ForecastMethod method,
                                                        int steps, const Window& window);

private:
    protocol::Said<protocol::Heading> headingOf(const Course& course, Period period);
    protocol::Said<QList<protocol::ChangePoint>> changePointsOf(const Course& course, Period period);

    CourseReader m_courses;
    statistics::Findings& m_findings;
};

} // namespace prism::analytics
