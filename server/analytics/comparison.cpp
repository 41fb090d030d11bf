#include "server/analytics/comparison.h"

#include "shared/protocol/metric_value.h"

namespace prism::analytics {

using protocol::Comparison;
using protocol::Difference;
using protocol::Direction;
using protocol::Verdict;

namespace {

std::optional<double> ofADay(std::optional<double> value, double days)
{
    return value ? std::optional(*value / days) : std::nullopt;
}

Difference differenceOf(const DashboardNumber& baseline, const DashboardNumber& current)
{
    Difference difference;
    difference.family = current.family;
    difference.name = current.name;
    difference.baseline = baseline.value;
    difference.current = current.value;
    return difference;
}

void addChange(Difference& difference)
{
    if (!difference.baseline || !difference.current)
        return;
    difference.change = *difference.current - *difference.baseline;
    if (*difference.baseline != 0)
        difference.changePercent = 100 * *difference.change / *difference.baseline;
    const double visible = protocol::wireNumber(difference.name, difference.change).value_or(0);
    if (visible != 0)
        difference.trend = visible > 0 ? Direction::Up : Direction::Down;
}

void count(const Difference& difference, Comparison& comparison)
{
    comparison.changes += difference.trend == Direction::Stable ? 0 : 1;
    if (difference.better)
        ++(*difference.better ? comparison.improvements : comparison.degradations);
}

} // namespace

Comparison compare(const Compared& baseline, const Compared& current, const Assessments& said)
{
    Comparison comparison;
    for (qsizetype i = 0; i < current.numbers.size(); ++i) {
        Difference difference = differenceOf(baseline.numbers[i], current.numbers[i]);
        difference.assessment = said.of(current.numbers[i].name);
        const bool areUnequal = difference.assessment.reason == protocol::NoVerdict::DifferentPeriods;
        if (areUnequal && numberKinds()[numberIndex(current.numbers[i].name)].addsUp) {
            difference.perDay = true;
            difference.baseline = ofADay(difference.baseline, baseline.days);
            difference.current = ofADay(difference.current, current.days);
        }
        addChange(difference);
        const std::optional<Verdict> verdict = difference.assessment.verdict;
        if (verdict && verdict != Verdict::Same)
            difference.better = verdict == Verdict::Better;
        count(difference, comparison);
        comparison.differences.append(difference);
    }
    return comparison;
}

} // namespace prism::analytics
