#pragma once

#include "server/analytics/course.h"
#include "server/analytics/source.h"
#include "shared/protocol/trend.h"

namespace prism::analytics {

using protocol::TrendMetric;

/// Reads courses of any metric. Borrows both.
class CourseReader
{
public:
    CourseReader(Source& source, const QTimeZone& zone)
        : m_source(source)
        , m_zone(zone)
    {
    }

    /// Of the window, and of as many buckets before it as make up `complete` ones together; none of those
    /// before the first data.
    protocol::Result<Course> read(TrendMetric metric, const Window& window, std::size_t complete);

private:
    protocol::Result<void> findBuckets(const Window& window, std::size_t complete, Course& course);
    protocol::Result<void> addCounts(TrendMetric metric, Timestamp end, Course& course);
    protocol::Result<void> addUsers(Timestamp end, Course& course);
    protocol::Result<void> addTimes(TrendMetric metric, Timestamp end, Course& course);

    Source& m_source;
    const QTimeZone& m_zone;
};

} // namespace prism::analytics
