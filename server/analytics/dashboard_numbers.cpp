#include "server/analytics/dashboard_numbers.h"

#include "shared/protocol/comparison.h"

#include <algorithm>

namespace prism::analytics {

using protocol::Dashboard;
using protocol::Performance;
using protocol::Quality;
using protocol::Summary;
using protocol::Usage;
using statistics::Measure;
using statistics::Measured;

namespace {

constexpr std::array<std::pair<QLatin1String, QLatin1String>, 2> shortNames{
    {{QLatin1String("checks"), QLatin1String("totalChecks")},
     {QLatin1String("retros"), QLatin1String("totalRetrospectives")}}};

constexpr double leastTimes = 5; // of one day, or chance alone decides about its mean or median
constexpr double leastForP95 = 20;
constexpr double leastForP99 = 100;

template <auto Part, auto Value>
std::optional<double> valueOf(const Dashboard& dashboard)
{
    const auto value = dashboard.*Part.*Value;
    if constexpr (std::is_same_v<decltype(value), const qint64>)
        return double(value);
    else
        return value;
}

const Figures& figuresOf(const SpanFacts& facts)
{
    return facts.rollup->all().figures;
}

template <qint64 Figures::*Count>
Measured count(const SpanFacts& facts)
{
    return {double(figuresOf(facts).*Count), 0};
}

template <qint64 Figures::*Part>
Measured ofChecks(const SpanFacts& facts)
{
    return {double(figuresOf(facts).*Part), double(figuresOf(facts).checks)};
}

template <qint64 Figures::*Part>
Measured ofViolations(const SpanFacts& facts)
{
    const Figures& figures = figuresOf(facts);
    return {double(figures.*Part), double(figures.violations + figures.falsePositives)};
}

Measured userDays(const SpanFacts& facts)
{
    return {facts.userDays.count, 0};
}

Measured sessions(const SpanFacts& facts)
{
    return {double(facts.rollup->sessions().count()), 0};
}

Measured retroTime(const SpanFacts& facts)
{
    return {figuresOf(facts).meanRetroDuration().value_or(0), double(figuresOf(facts).timedRetros)};
}

Measured meanTime(const SpanFacts& facts)
{
    const DurationHistogram& durations = facts.rollup->all().durations;
    return {durations.mean().value_or(0), double(durations.count())};
}

template <int Percent>
Measured percentile(const SpanFacts& facts)
{
    const DurationHistogram& durations = facts.rollup->all().durations;
    return {durations.percentile(Percent / 100.0).value_or(0), double(durations.count())};
}

constexpr auto summary = &Dashboard::summary;
constexpr auto usage = &Dashboard::usage;
constexpr auto quality = &Dashboard::quality;
constexpr auto times = &Dashboard::performance;

constexpr QLatin1String ofUsage = protocol::comparisonFamilies[0];
constexpr QLatin1String ofQuality = protocol::comparisonFamilies[1];
constexpr QLatin1String ofTimes = protocol::comparisonFamilies[2];

constexpr std::array<NumberKind, numberCount> kinds{{
    {ofUsage, QLatin1String("totalChecks"), Wish::None, valueOf<summary, &Summary::totalChecks>,
     Measure::Count, count<&Figures::checks>, 0, true},
    {ofUsage, QLatin1String("activeUsers"), Wish::None, valueOf<summary, &Summary::activeUsers>,
     Measure::Count, userDays},
    {ofUsage, QLatin1String("totalRetrospectives"), Wish::None, valueOf<usage, &Usage::totalRetrospectives>,
     Measure::Count, count<&Figures::retros>, 0, true},
    {ofUsage, QLatin1String("activeSessions"), Wish::None, valueOf<usage, &Usage::activeSessions>,
     Measure::Count, sessions},
    {ofUsage, QLatin1String("avgDuration"), Wish::Less, valueOf<usage, &Usage::avgDuration>, Measure::Time,
     retroTime, leastTimes},
    {ofUsage, QLatin1String("successRate"), Wish::More, valueOf<usage, &Usage::successRate>, Measure::Rate,
     ofChecks<&Figures::passed>},
    {ofUsage, QLatin1String("dailyActiveUsers"), Wish::None, valueOf<usage, &Usage::dailyActiveUsers>,
     Measure::Count, userDays},
    {ofQuality, QLatin1String("violations"), Wish::Less, valueOf<summary, &Summary::violations>,
     Measure::Count, count<&Figures::violations>, 0, true},
    {ofQuality, QLatin1String("violationRate"), Wish::Less, valueOf<quality, &Quality::violationRate>,
     Measure::Rate, ofChecks<&Figures::checksWithViolations>},
    {ofQuality, QLatin1String("falsePositiveRate"), Wish::Less, valueOf<quality, &Quality::falsePositiveRate>,
     Measure::Rate, ofViolations<&Figures::falsePositives>},
    {ofQuality, QLatin1String("patternMatchAccuracy"), Wish::More,
     valueOf<quality, &Quality::patternMatchAccuracy>, Measure::Rate, ofViolations<&Figures::violations>},
    {ofTimes, QLatin1String("avgCheckTime"), Wish::Less, valueOf<times, &Performance::avgCheckTime>,
     Measure::Time, meanTime, leastTimes},
    {ofTimes, QLatin1String("p50CheckTime"), Wish::Less, valueOf<times, &Performance::p50CheckTime>,
     Measure::Time, percentile<50>, leastTimes},
    {ofTimes, QLatin1String("p95CheckTime"), Wish::Less, valueOf<times, &Performance::p95CheckTime>,
     Measure::Time, percentile<95>, leastForP95},
    {ofTimes, QLatin1String("p99CheckTime"), Wish::Less, valueOf<times, &Performance::p99CheckTime>,
     Measure::Time, percentile<99>, leastForP99},
    {ofTimes, QLatin1String("minCheckTime"), Wish::Less, valueOf<times, &Performance::minCheckTime>},
    {ofTimes, QLatin1String("maxCheckTime"), Wish::Less, valueOf<times, &Performance::maxCheckTime>},
}};

} // namespace

const std::array<NumberKind, numberCount>& numberKinds()
{
    return kinds;
}

std::size_t numberIndex(QLatin1String name)
{
    const auto found = std::find_if(kinds.begin(), kinds.end(),
                                    [name](const NumberKind& kind) { return kind.name == name; });
    return std::size_t(found - kinds.begin());
}

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

QList<DashboardNumber> numbersOf(const Dashboard& dashboard)
{
    QList<DashboardNumber> numbers;
    for (const NumberKind& kind : kinds)
        numbers.append({kind.family, kind.name, kind.value(dashboard)});
    return numbers;
}

} // namespace prism::analytics
