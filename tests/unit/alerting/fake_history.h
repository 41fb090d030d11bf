#pragma once

#include "server/alerting/detector.h"

#include <map>

namespace prism::test {

/// Hours and days as the test says; all others are empty. Says nothing of how real ones are counted.
class FakeHistory : public analytics::HistorySource
{
public:
    std::map<protocol::Timestamp, analytics::Bucket> hours;
    std::map<protocol::Timestamp, analytics::Bucket> days;
    std::optional<protocol::Timestamp> first;

    explicit FakeHistory(protocol::Timestamp earliestData)
        : first(earliestData)
    {
    }

    protocol::Result<void> begin() override { return {}; }
    void end() override {}
    protocol::Result<std::optional<protocol::Timestamp>> earliest() override { return first; }

    protocol::Result<analytics::Bucket> bucket(const analytics::Span& span) override
    {
        const auto& buckets = span.to - span.from == std::chrono::hours(1) ? hours : days;
        const auto found = buckets.find(span.from);
        return found == buckets.end() ? analytics::Bucket() : found->second;
    }
};

inline analytics::Bucket bucketOf(const analytics::BucketFigures& figures, qint64 users = 0)
{
    return {figures, figures, users, true};
}

/// Nothing of it was seen live.
inline analytics::Bucket importedOf(const analytics::BucketFigures& figures, qint64 users = 0)
{
    return {figures, {}, users, false};
}

} // namespace prism::test
