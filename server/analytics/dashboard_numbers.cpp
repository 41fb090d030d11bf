#include "server/analytics/dashboard_numbers.h"

#include "shared/protocol/comparison.h"

namespace prism::analytics {

namespace {

constexpr std::array<std::pair<QLatin1String, QLatin1String>, 2> shortNames{
    {{QLatin1String("checks"), QLatin1String("totalChecks")},
     {QLatin1String("retros"), QLatin1String("totalRetrospectives")}}};

} // namespace

QString numberNamed(const QString& name)
{
    for (const auto& [shortName, longName] : shortNames) {
        if (name == shortName)
            return longName;
    }
    return name;
}

QStringList shortNumberNames()
{
    QStringList names;
    for (const auto& each : shortNames)
        names.append(each.first);
    return names;
}

QList<DashboardNumber> numbersOf(const protocol::Dashboard& dashboard)
{
    const auto [usage, quality, performance] = protocol::comparisonFamilies;
    const protocol::Performance& times = dashboard.performance;
    const auto name = [](const char* text) { return QLatin1String(text); };
    const auto count = [](qint64 value) { return std::optional(double(value)); };
    return {
        {usage, name("totalChecks"), Wish::More, count(dashboard.summary.totalChecks)},
        {usage, name("activeUsers"), Wish::More, count(dashboard.summary.activeUsers)},
        {usage, name("totalRetrospectives"), Wish::More, count(dashboard.usage.totalRetrospectives)},
        {usage, name("activeSessions"), Wish::More, count(dashboard.usage.activeSessions)},
        {usage, name("avgDuration"), Wish::Less, dashboard.usage.avgDuration},
        {usage, name("successRate"), Wish::More, dashboard.usage.successRate},
        {usage, name("dailyActiveUsers"), Wish::More, dashboard.usage.dailyActiveUsers},
        {quality, name("violations"), Wish::Less, count(dashboard.summary.violations)},
        {quality, name("violationRate"), Wish::Less, dashboard.quality.violationRate},
        {quality, name("falsePositiveRate"), Wish::Less, dashboard.quality.falsePositiveRate},
        {quality, name("patternMatchAccuracy"), Wish::More, dashboard.quality.patternMatchAccuracy},
        {performance, name("avgCheckTime"), Wish::Less, times.avgCheckTime},
        {performance, name("p50CheckTime"), Wish::Less, times.p50CheckTime},
        {performance, name("p95CheckTime"), Wish::Less, times.p95CheckTime},
        {performance, name("p99CheckTime"), Wish::Less, times.p99CheckTime},
        {performance, name("minCheckTime"), Wish::Less, times.minCheckTime},
        {performance, name("maxCheckTime"), Wish::Less, times.maxCheckTime},
    };
}

} // namespace prism::analytics
