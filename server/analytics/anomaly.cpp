#include "server/analytics/anomaly.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace prism::analytics {

using protocol::AlertKind;
using protocol::AlertSettings;
using protocol::AlertSeverity;

namespace {

QString number(double value)
{
    return QString::number(std::round(value * 10) / 10, 'g', 12);
}

QString percent(double share)
{
    return number(share * 100) + QStringLiteral(" %");
}

} // namespace

double median(std::vector<double> values)
{
    const auto middle = values.begin() + std::ptrdiff_t(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    if (values.size() % 2 == 1)
        return *middle;
    return (*std::max_element(values.begin(), middle) + *middle) / 2;
}

double medianDeviation(const std::vector<double>& values, double center)
{
    std::vector<double> deviations;
    deviations.reserve(values.size());
    for (const double value : values)
        deviations.push_back(std::abs(value - center));
    return median(std::move(deviations));
}

double robustScore(double value, const std::vector<double>& history, double leastDeviation)
{
    constexpr double upperQuartile = 0.6745;
    const double center = median(history);
    const double deviation = std::max(medianDeviation(history, center), leastDeviation);
    if (value == center)
        return 0;
    if (deviation == 0)
        return std::copysign(std::numeric_limits<double>::infinity(), value - center);
    return upperQuartile * (value - center) / deviation;
}

std::optional<Anomaly> violationSpike(qint64 violations, const std::vector<double>& history,
                                      const AlertSettings& settings)
{
    if (history.size() < leastPoints)
        return std::nullopt;
    const double value = double(violations);
    const double usual = median(history);
    const double score = robustScore(value, history, leastDeviationOfCounts);
    if (score <= settings.violationSpikeScore || value - usual < double(settings.violationSpikeMinimum))
        return std::nullopt;
    return Anomaly{
        AlertKind::ViolationSpike,
        score > settings.violationSpikeHighScore ? AlertSeverity::High : AlertSeverity::Medium,
        QLatin1String("violations"),
        value,
        usual,
        QStringLiteral("%1 violations in an hour that usually has %2.").arg(violations).arg(number(usual))};
}

std::optional<Anomaly> performanceDegradation(double p95, const std::vector<double>& history,
                                              const AlertSettings& settings)
{
    const bool isKnown = history.size() >= leastPoints;
    const double usual = isKnown ? median(history) : settings.performanceThresholdMs;
    const double limit = isKnown
                             ? std::min(settings.performanceThresholdMs, settings.performanceFactor * usual)
                             : settings.performanceThresholdMs;
    if (p95 <= limit)
        return std::nullopt;
    return Anomaly{
        AlertKind::PerformanceDegradation,
        p95 > 2 * limit ? AlertSeverity::High : AlertSeverity::Medium,
        QLatin1String("p95CheckTime"),
        p95,
        usual,
        QStringLiteral("One check in 20 of this hour took %1 ms or longer; more than %2 ms is too slow.")
            .arg(number(p95), number(limit))};
}

std::optional<Anomaly> usageDrop(qint64 users, const std::vector<double>& history,
                                 const AlertSettings& settings)
{
    if (history.size() < leastWeekdays)
        return std::nullopt;
    const double usual = median(history);
    const double value = double(users);
    if (usual < leastUsers || value >= usual * (1 - settings.usageDropShare))
        return std::nullopt;
    return Anomaly{AlertKind::UsageDrop,
                   AlertSeverity::High,
                   QLatin1String("activeUsers"),
                   value,
                   usual,
                   QStringLiteral("%1 people were active on a weekday that usually has %2.")
                       .arg(users)
                       .arg(number(usual))};
}

std::optional<Anomaly> qualityDrop(qint64 checksWithViolations, qint64 checks,
                                   const std::vector<double>& history, const AlertSettings& settings)
{
    if (history.size() < leastPoints || checks == 0)
        return std::nullopt;
    const double rate = double(checksWithViolations) / double(checks);
    const double usual = median(history);
    const double score = robustScore(rate, history, leastDeviationShare * usual);
    if (score <= settings.qualityDropScore ||
        double(checksWithViolations) - usual * double(checks) < leastMoreChecks)
        return std::nullopt;
    return Anomaly{AlertKind::QualityDrop,
                   AlertSeverity::Medium,
                   QLatin1String("violationRate"),
                   rate,
                   usual,
                   QStringLiteral("%1 of the day's checks have violations; %2 are usual.")
                       .arg(percent(rate), percent(usual))};
}

} // namespace prism::analytics
