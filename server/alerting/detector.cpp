#include "server/alerting/detector.h"

#include "server/alerting/replay.h"
#include "server/statistics/series.h"
#include "shared/protocol/try.h"

#include <algorithm>
#include <cmath>

namespace prism::alerting {

using analytics::BucketPtr;
using analytics::DurationHistogram;
using analytics::Rollup;
using protocol::AlertKind;
using protocol::AlertSeverity;
using protocol::Result;
using statistics::Hits;
using statistics::Usual;

namespace {

constexpr int baselineDays = 28;
constexpr double violationRatio = 2;
constexpr double qualityRatio = 1.5;
constexpr double slownessEvidence = 7;

constexpr int weeksCompared = 8;
constexpr std::size_t leastWeekdays = 3;
constexpr double leastUsers = 5;

constexpr qint64 leastChecksOfAnHour = 20;
constexpr std::size_t hoursPromised = 2;

} // namespace

Detector::Alerts Detector::alerts()
{
    struct Kind
    {
        AlertKind kind;
        QLatin1String metric;
        Findings (Detector::*judge)(const Last& last);
    };
    constexpr std::array<Kind, 5> kinds{
        {{AlertKind::ViolationSpike, QLatin1String("violations"), &Detector::violationSpike},
         {AlertKind::PerformanceDegradation, QLatin1String("slowChecks"), &Detector::performanceDegradation},
         {AlertKind::QualityDrop, QLatin1String("checksWithViolations"), &Detector::qualityDrop},
         {AlertKind::UsageDrop, QLatin1String("activeUsers"), &Detector::usageDrop},
         {AlertKind::SlowChecks, QLatin1String("p95CheckTime"), &Detector::slowChecks}}};
    PRISM_TRY_ASSIGN(m_earliest, m_source.earliest());
    PRISM_TRY_ASSIGN(const bool isNewestLive, m_source.isNewestLive());
    std::vector<Alert> alerts;
    for (const auto& [kind, metric, judge] : kinds) {
        PRISM_TRY_ASSIGN(const Last& last, m_source.lastAlert(kind));
        PRISM_TRY_ASSIGN(const Finding& finding, (this->*judge)(last));
        if (finding.state == Finding::State::Raised && !isNewestLive)
            continue; // history alone may have made it so
        if (const auto alert = alertOf(finding, kind, metric, last, m_now))
            alerts.push_back(*alert);
    }
    return alerts;
}

Detector::Findings Detector::violationSpike(const Last& last)
{
    return evidence({.daysLookedBack = 7,
                     .byDay = false,
                     .ratio = violationRatio,
                     .threshold = m_settings.violationSpikeEvidence,
                     .count =
                         [](const Rollup::Part& part) {
                             return Hits{double(part.figures.checks), double(part.figures.hits)};
                         }},
                    last);
}

/// A check is slow that takes longer than most, or than is allowed.
Detector::Findings Detector::performanceDegradation(const Last& last)
{
    constexpr int daysLookedBack = 7;
    PRISM_TRY_ASSIGN(const BucketPtr before, m_source.bucket(baseline(daysLookedBack)));
    const double usual = before->all.durations.percentile(0.95).value_or(m_settings.performanceThresholdMs);
    const double limit = std::min(usual, m_settings.performanceThresholdMs);
    PRISM_TRY_ASSIGN(
        Finding finding,
        evidence(
            {.daysLookedBack = daysLookedBack,
             .byDay = false,
             .ratio = m_settings.performanceFactor,
             .threshold = slownessEvidence,
             .count =
                 [limit](const Rollup::Part& part) {
                     return Hits{double(part.durations.count()), double(part.durations.countAbove(limit))};
                 }},
            last));
    finding.limitMs = limit;
    return finding;
}

Detector::Findings Detector::qualityDrop(const Last& last)
{
    return evidence(
        {.daysLookedBack = 14,
         .byDay = true,
         .ratio = qualityRatio,
         .threshold = m_settings.qualityDropEvidence,
         .count =
             [](const Rollup::Part& part) {
                 return Hits{double(part.figures.checks), double(part.figures.checksWithViolations)};
             }},
        last);
}

Detector::Findings Detector::evidence(const Evidenced& kind, const Last& last)
{
    std::vector<Hits> before;
    PRISM_TRY_ASSIGN(const auto& usualOnes, known(bucketsOf(baseline(kind.daysLookedBack), kind.byDay)));
    for (const BucketPtr& bucket : usualOnes)
        before.push_back(kind.count(bucket->all));
    const std::optional<Usual> usual = Usual::of(before);
    if (!usual)
        return Finding();
    const Span lookedBack{m_buckets.midnight(kind.daysLookedBack), m_now};
    std::vector<Counted> judged;
    for (const Span& span : bucketsOf(lookedBack, kind.byDay)) {
        const bool isToldOf = last && last->resolvedAt && span.from < *last->resolvedAt;
        if (isToldOf || (m_earliest && span.to <= *m_earliest))
            continue;
        PRISM_TRY_ASSIGN(const BucketPtr bucket, m_source.bucket(span));
        judged.push_back({span, kind.count(bucket->live), m_buckets.isClosed(span)});
    }
    return replayed({*usual, kind.ratio, kind.threshold}, judged, last);
}

/// Each day is judged for itself, once it is over: there are always fewer people in one that is not.
Detector::Findings Detector::usageDrop(const Last&)
{
    const Span day = m_buckets.lastDay();
    PRISM_TRY_ASSIGN(const auto& before, known(m_buckets.weekdaysBefore(day, weeksCompared)));
    // Where all is imported afterwards, a day that is just over has nobody yet.
    const bool isReported = std::ranges::any_of(before, [](const BucketPtr& each) { return each->isLive; });
    if (before.size() < leastWeekdays || !isReported)
        return Finding();
    std::vector<double> counts;
    for (const BucketPtr& each : before)
        counts.push_back(double(each->users));
    const double usual = statistics::median(counts);
    if (usual < leastUsers)
        return Finding();
    PRISM_TRY_ASSIGN(const BucketPtr bucket, m_source.bucket(day));
    const auto users = double(bucket->users);
    Finding finding;
    const bool isDrop =
        users < usual * (1 - m_settings.usageDropShare) && usual - users >= 2 * std::sqrt(usual);
    finding.state = isDrop ? Finding::State::Raised : Finding::State::Over;
    finding.severity = AlertSeverity::High;
    finding.value = users;
    finding.expected = usual;
    finding.since = finding.bucket = day.from;
    finding.end = day.to;
    return finding;
}

/// No comparison but a promise, which the last hours with enough checks keep or break together.
Detector::Findings Detector::slowChecks(const Last&)
{
    const double limit = m_settings.performanceThresholdMs;
    std::vector<Span> hours = m_buckets.hours({m_buckets.midnight(1), m_now});
    Finding finding;
    qint64 checks = 0;
    std::size_t slow = 0, found = 0;
    for (auto hour = hours.rbegin(); hour != hours.rend() && found < hoursPromised; ++hour) {
        if (!m_buckets.isClosed(*hour))
            continue;
        PRISM_TRY_ASSIGN(const BucketPtr bucket, m_source.bucket(*hour));
        const DurationHistogram& durations = bucket->live.durations;
        if (durations.count() < leastChecksOfAnHour)
            continue;
        const double p95 = durations.percentile(0.95).value_or(0);
        if (found++ == 0) {
            finding.value = p95;
            finding.bucket = hour->from;
            finding.end = hour->to;
        }
        finding.since = hour->from;
        checks += durations.count();
        slow += p95 > limit ? 1 : 0;
    }
    if (found < hoursPromised || (slow != 0 && slow != hoursPromised))
        return Finding();
    finding.state = slow == 0 ? Finding::State::Over : Finding::State::Raised;
    finding.expected = limit;
    finding.limitMs = limit;
    finding.checks = checks;
    return finding;
}

Span Detector::baseline(int daysLookedBack) const
{
    return {m_buckets.midnight(daysLookedBack + baselineDays), m_buckets.midnight(daysLookedBack)};
}

Detector::Spans Detector::bucketsOf(const Span& span, bool byDay)
{
    return byDay ? m_buckets.days(span) : m_buckets.hours(span);
}

Result<std::vector<BucketPtr>> Detector::known(const Spans& spans)
{
    std::vector<BucketPtr> buckets;
    for (const Span& span : spans) {
        if (!m_earliest || span.to <= *m_earliest)
            continue;
        PRISM_TRY_ASSIGN(const BucketPtr bucket, m_source.bucket(span));
        buckets.push_back(bucket);
    }
    return buckets;
}

} // namespace prism::alerting
