#pragma once

#include "server/alerting/detector.h"

#include <map>

namespace prism::test {

/// Hours and days as the test says; all others are empty, and a longer span is the sum of its hours. Says
/// nothing of how real ones are counted.
class FakeHistory : public analytics::HistorySource
{
public:
    std::map<protocol::Timestamp, analytics::Bucket> hours;
    std::map<protocol::Timestamp, analytics::Bucket> days;
    std::map<protocol::AlertKind, protocol::Alert> alerts; ///< the last of each kind
    std::optional<protocol::Timestamp> first;
    bool newestIsLive = true;

    explicit FakeHistory(protocol::Timestamp earliestData)
        : first(earliestData)
    {
    }

    protocol::Result<void> begin() override { return {}; }
    void end() override {}
    protocol::Result<std::optional<protocol::Timestamp>> earliest() override { return first; }

    protocol::Result<analytics::BucketPtr> bucket(const analytics::Span& span) override
    {
        constexpr std::chrono::hours oneHour{1}, longestDay{25};
        if (span.to - span.from > longestDay)
            return std::make_shared<analytics::Bucket>(sumOf(span));
        const auto& buckets = span.to - span.from == oneHour ? hours : days;
        const auto found = buckets.find(span.from);
        return std::make_shared<analytics::Bucket>(found == buckets.end() ? analytics::Bucket()
                                                                          : found->second);
    }

    protocol::Result<bool> isNewestLive() override { return newestIsLive; }

    protocol::Result<std::optional<protocol::Alert>> lastAlert(protocol::AlertKind kind) override
    {
        const auto known = alerts.find(kind);
        return known == alerts.end() ? std::nullopt : std::optional(known->second);
    }

private:
    analytics::Bucket sumOf(const analytics::Span& span) const
    {
        analytics::Bucket sum;
        for (auto hour = hours.lower_bound(span.from); hour != hours.end() && hour->first < span.to; ++hour) {
            sum.all.figures += hour->second.all.figures;
            sum.all.durations.merge(hour->second.all.durations);
        }
        return sum;
    }
};

/// So many checks of a duration each, and how many hits and checks with violations there are.
inline analytics::Rollup::Part partOf(int checks, qint64 hits, qint64 withViolations = 0,
                                      double duration = 10)
{
    analytics::Rollup::Part part;
    part.figures.checks = checks;
    part.figures.hits = hits;
    part.figures.checksWithViolations = withViolations;
    for (int i = 0; i < checks; ++i)
        part.durations.add(duration);
    return part;
}

inline analytics::Bucket bucketOf(const analytics::Rollup::Part& part, qint64 users = 0)
{
    return {part, part, users, true};
}

/// Nothing of it was seen live.
inline analytics::Bucket importedOf(const analytics::Rollup::Part& part, qint64 users = 0)
{
    return {part, {}, users, false};
}

} // namespace prism::test
