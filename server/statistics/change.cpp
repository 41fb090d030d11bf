#include "server/statistics/change.h"

#include <algorithm>
#include <cmath>

namespace prism::statistics {

namespace {

constexpr double mostPairCorrelation = 0.6;
constexpr double beyondNoise = 3;
constexpr double leastChange = 0.05;

double weightOf(const Pair& pair)
{
    const double both = pair.now.size + pair.before.size;
    return both > 0 ? pair.now.size * pair.before.size / both : 0;
}

/// What chance alone makes of independent events: 1 for counts, p (1 - p) for rates, of both spans together.
double leastDispersion(Measure measure, const Pair& pair)
{
    switch (measure) {
    case Measure::Count:
        return 1;
    case Measure::Rate: {
        const double share = (pair.now.value + pair.before.value) / (pair.now.size + pair.before.size);
        return share * (1 - share);
    }
    case Measure::Time:
        break;
    }
    return 0;
}

double valueOf(Measure measure, const Measured& measured)
{
    return measure == Measure::Rate ? measured.value / measured.size : measured.value;
}

bool isWorthSaying(Measure measure, const Pair& pair)
{
    const double now = valueOf(measure, pair.now);
    const double before = valueOf(measure, pair.before);
    return before == 0 || std::abs(now - before) >= leastChange * std::abs(before);
}

} // namespace

Difference differenceOf(Measure measure, const Pair& pair)
{
    if (measure == Measure::Count) {
        const double sum = pair.now.value + pair.before.value;
        return sum > 0 ? Difference{(pair.now.value - pair.before.value) / sum, sum} : Difference();
    }
    const double weight = weightOf(pair);
    if (weight <= 0)
        return {};
    if (measure == Measure::Rate)
        return {pair.now.value / pair.now.size - pair.before.value / pair.before.size, weight};
    if (pair.now.value <= 0 || pair.before.value <= 0)
        return {};
    return {std::log(pair.now.value / pair.before.value), weight};
}

void Noise::add(Measure measure, const Pair& pair, double leastSize)
{
    const Difference difference = differenceOf(measure, pair);
    const bool isTooSmall = measure == Measure::Time && std::min(pair.now.size, pair.before.size) < leastSize;
    if (difference.weight <= 0 || isTooSmall)
        return;
    const double off = difference.weight * difference.value;
    m_squares += off * off;
    m_weights += difference.weight;
    m_products += m_pairs > 0 ? m_last * off : 0;
    m_last = off;
    ++m_pairs;
}

double Noise::correlation() const
{
    return m_squares > 0 ? std::clamp(m_products / m_squares, 0.0, mostPairCorrelation) : 0;
}

double Noise::dispersion(double least, bool spansDays) const
{
    const double dispersion = std::max(m_weights > 0 ? m_squares / m_weights : 0, least);
    return spansDays ? dispersion * (1 + correlation()) / (1 - correlation()) : dispersion;
}

std::optional<Change> changeOf(Measure measure, const Pair& pair, const Noise& noise, bool spansDays)
{
    const Difference difference = differenceOf(measure, pair);
    if (!noise.isKnown() || difference.weight <= 0)
        return std::nullopt;
    Change change;
    const double dispersion = noise.dispersion(leastDispersion(measure, pair), spansDays);
    if (dispersion > 0)
        change.score = difference.value * std::sqrt(difference.weight / dispersion);
    else if (difference.value != 0) // nothing ever differed: whatever does is beyond it
        change.score = std::copysign(HUGE_VAL, difference.value);
    if (std::abs(change.score) > beyondNoise && isWorthSaying(measure, pair))
        change.sign = difference.value > 0 ? 1 : -1;
    return change;
}

} // namespace prism::statistics
