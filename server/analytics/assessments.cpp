#include "server/analytics/assessments.h"

#include <cmath>

namespace prism::analytics {

using protocol::NoVerdict;
using protocol::Verdict;
using statistics::Measure;
using statistics::Pair;

namespace {

constexpr double leastPerCheck = 0.05;

bool hasValues(Measure measure, const Pair& pair)
{
    switch (measure) {
    case Measure::Count:
        return true;
    case Measure::Rate:
        return pair.now.size > 0 && pair.before.size > 0;
    case Measure::Time:
        break;
    }
    return pair.now.value > 0 && pair.before.value > 0;
}

double violationsPerCheck(const SpanFacts& facts)
{
    const Figures& figures = facts.rollup->all().figures;
    return ratio(figures.violations, figures.checks).value_or(0);
}

/// More checks have more violations: that alone is nothing worse.
bool movedPerCheck(int sign, const SpanFacts& now, const SpanFacts& before)
{
    const double usual = violationsPerCheck(before);
    const double by = sign * (violationsPerCheck(now) - usual);
    return by > 0 && by >= leastPerCheck * usual;
}

/// 1 for more, -1 for less, 0 for nothing beyond the noise; nothing where that is not known.
std::optional<int> signOf(Measure measure, const Pair& pair, const statistics::Noise& noise, bool spansDays)
{
    const bool isNothing = measure == Measure::Count && pair.now.value == 0 && pair.before.value == 0;
    if (isNothing && noise.isKnown())
        return 0;
    const auto change = statistics::changeOf(measure, pair, noise, spansDays);
    return change ? std::optional(change->sign) : std::nullopt;
}

void say(protocol::Assessment& assessment, Wish wish, int sign)
{
    if (sign == 0)
        assessment.verdict = Verdict::Same;
    else if (wish == Wish::None)
        assessment.reason = NoVerdict::Volume;
    else
        assessment.verdict = (sign > 0) == (wish == Wish::More) ? Verdict::Better : Verdict::Worse;
}

} // namespace

Assessments::Assessments(const Span& before, NoVerdict reason)
{
    m_all.fill({std::nullopt, reason, before});
}

Assessments::Assessments(const Window& window, const SpanFacts& now, const std::optional<SpanFacts>& before,
                         const KnownNoise& known)
    : Assessments(window.previous.value_or(Span()), NoVerdict::NoBaseline)
{
    const std::size_t violations = numberIndex(QLatin1String("violations"));
    for (std::size_t i = 0; i < numberCount && before; ++i) {
        const NumberKind& kind = numberKinds()[i];
        protocol::Assessment& assessment = m_all[i];
        if (!kind.measure) {
            assessment.reason = NoVerdict::Never;
            continue;
        }
        const Pair pair{kind.measured(now), kind.measured(*before)};
        if (!hasValues(*kind.measure, pair)) {
            assessment.reason = NoVerdict::NoValue;
        } else if (!known.noise) {
            assessment.reason = known.without;
        } else if (auto sign =
                       signOf(*kind.measure, pair, known.noise->numbers[i], daysOf(window.period) > 1);
                   !sign) {
            assessment.reason = NoVerdict::TooFew;
        } else {
            if (i == violations && !movedPerCheck(*sign, now, *before))
                sign = 0;
            assessment.reason.reset();
            say(assessment, kind.wish, *sign);
        }
    }
}

} // namespace prism::analytics
