#include "server/alerting/detector.h"

#include "shared/protocol/try.h"

#include <algorithm>

namespace prism::alerting {

using analytics::Anomaly;
using analytics::Bucket;
using protocol::Alert;
using protocol::AlertSettings;

namespace {

constexpr int daysCompared = 28;
constexpr int hoursCompared = 7 * 24;
constexpr int weekdaysCompared = 4;

void add(std::vector<Alert>& alerts, const std::optional<Anomaly>& anomaly, const Span& bucket, Timestamp now)
{
    if (!anomaly)
        return;
    Alert alert;
    alert.id = protocol::alertId(anomaly->kind, anomaly->metric, bucket.from);
    alert.kind = anomaly->kind;
    alert.message = anomaly->message;
    alert.severity = anomaly->severity;
    alert.metric = anomaly->metric;
    alert.value = anomaly->value;
    alert.expected = anomaly->expected;
    alert.bucket = bucket.from;
    alert.timestamp = now;
    alerts.push_back(std::move(alert));
}

/// An empty bucket counts as 0.
template <typename Count>
std::vector<double> counts(const std::vector<Bucket>& buckets, const Count& count)
{
    std::vector<double> values;
    for (const Bucket& bucket : buckets)
        values.push_back(double(count(bucket)));
    return values;
}

/// An empty bucket has no time and no rate.
std::vector<double> percentiles(const std::vector<Bucket>& buckets)
{
    std::vector<double> values;
    for (const Bucket& bucket : buckets) {
        if (bucket.all.p95)
            values.push_back(*bucket.all.p95);
    }
    return values;
}

std::vector<double> rates(const std::vector<Bucket>& buckets)
{
    std::vector<double> values;
    for (const Bucket& bucket : buckets) {
        if (bucket.all.checks > 0)
            values.push_back(double(bucket.all.checksWithViolations) / double(bucket.all.checks));
    }
    return values;
}

} // namespace

Detector::Alerts Detector::hour(const Span& hour, const AlertSettings& settings, Timestamp now)
{
    PRISM_TRY_ASSIGN(const Bucket current, m_source.bucket(hour));
    std::vector<Alert> alerts;
    if (current.live.violations > 0) {
        PRISM_TRY_ASSIGN(const auto& before, known(sameHoursBefore(hour, daysCompared, m_zone)));
        const auto usual = counts(before, [](const Bucket& bucket) { return bucket.all.violations; });
        add(alerts, analytics::violationSpike(current.live.violations, usual, settings), hour, now);
    }
    if (current.live.p95) {
        PRISM_TRY_ASSIGN(const auto& before, known(hoursBefore(hour, hoursCompared)));
        add(alerts, analytics::performanceDegradation(*current.live.p95, percentiles(before), settings), hour,
            now);
    }
    return alerts;
}

Detector::Alerts Detector::day(const Span& day, const AlertSettings& settings, Timestamp now)
{
    PRISM_TRY_ASSIGN(const Bucket current, m_source.bucket(day));
    std::vector<Alert> alerts;
    if (current.live.checksWithViolations > 0) {
        PRISM_TRY_ASSIGN(const auto& before, known(daysBefore(day, daysCompared, 1, m_zone)));
        add(alerts,
            analytics::qualityDrop(current.live.checksWithViolations, current.live.checks, rates(before),
                                   settings),
            day, now);
    }
    if (day.to <= now) {
        PRISM_TRY_ASSIGN(const auto& before, known(daysBefore(day, weekdaysCompared, 7, m_zone)));
        // Where all is imported afterwards, a day that is just over has nobody yet.
        const bool isReported =
            std::any_of(before.begin(), before.end(), [](const Bucket& bucket) { return bucket.isLive; });
        const auto usual = counts(before, [](const Bucket& bucket) { return bucket.users; });
        if (isReported)
            add(alerts, analytics::usageDrop(current.users, usual, settings), day, now);
    }
    return alerts;
}

Detector::Buckets Detector::known(const std::vector<Span>& spans)
{
    PRISM_TRY_ASSIGN(const auto earliest, m_source.earliest());
    std::vector<Bucket> buckets;
    for (const Span& span : spans) {
        if (!earliest || span.to <= *earliest)
            continue;
        PRISM_TRY_ASSIGN(const Bucket bucket, m_source.bucket(span));
        buckets.push_back(bucket);
    }
    return buckets;
}

} // namespace prism::alerting
