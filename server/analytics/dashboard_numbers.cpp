#include "server/analytics/dashboard_numbers.h"

#include <cmath>

namespace prism::analytics {

QList<DashboardNumber> numbersOf(const protocol::Dashboard& dashboard)
{
    constexpr QLatin1String usage("usage");
    constexpr QLatin1String quality("quality");
    constexpr QLatin1String performance("performance");
    const protocol::Performance& times = dashboard.performance;
    const auto name = [](const char* text) { return QLatin1String(text); };
    const auto count = [](qint64 value) { return std::optional(double(value)); };
    return {
        {usage, name("totalChecks"), Wish::More, false, count(dashboard.summary.totalChecks)},
        {usage, name("activeUsers"), Wish::More, false, count(dashboard.summary.activeUsers)},
        {usage, name("totalRetrospectives"), Wish::More, false, count(dashboard.usage.totalRetrospectives)},
        {usage, name("activeSessions"), Wish::More, false, count(dashboard.usage.activeSessions)},
        {usage, name("avgDuration"), Wish::Less, false, dashboard.usage.avgDuration},
        {usage, name("successRate"), Wish::More, true, dashboard.usage.successRate},
        {usage, name("dailyActiveUsers"), Wish::More, false, dashboard.usage.dailyActiveUsers},
        {quality, name("violations"), Wish::Less, false, count(dashboard.summary.violations)},
        {quality, name("violationRate"), Wish::Less, true, dashboard.quality.violationRate},
        {quality, name("falsePositiveRate"), Wish::Less, true, dashboard.quality.falsePositiveRate},
        {quality, name("patternMatchAccuracy"), Wish::More, true, dashboard.quality.patternMatchAccuracy},
        {performance, name("avgCheckTime"), Wish::Less, false, times.avgCheckTime},
        {performance, name("p50CheckTime"), Wish::Less, false, times.p50CheckTime},
        {performance, name("p95CheckTime"), Wish::Less, false, times.p95CheckTime},
        {performance, name("p99CheckTime"), Wish::Less, false, times.p99CheckTime},
        {performance, name("minCheckTime"), Wish::Less, false, times.minCheckTime},
        {performance, name("maxCheckTime"), Wish::Less, false, times.maxCheckTime},
    };
}

QJsonValue wireValue(std::optional<double> value, bool isRate)
{
    if (!value)
        return QJsonValue::Null;
    return isRate ? std::round(*value * 1e4) / 1e4 : *value;
}

} // namespace prism::analytics
