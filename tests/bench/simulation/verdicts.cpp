#include "tests/bench/simulation/verdicts.h"

#include <cmath>

namespace prism::simulation {

using statistics::Measure;
using statistics::Measured;

namespace {

struct Period
{
    const char* name;
    int days;
    int shift; ///< in days, to the span it is compared with
};

constexpr std::array spans{Period{"today", 1, 7}, Period{"week", 7, 7}, Period{"month", 30, 35}};

struct Metric
{
    const char* name;
    Measure measure;
    Measured (*of)(const Tally& tally);
    double leastSize; ///< of a day that is to say what is usual
};

const std::array judged{
    Metric{"checks", Measure::Count,
           [](const Tally& tally) {
               return Measured{tally.checks, 0};
           },
           0},
    Metric{"violations", Measure::Count,
           [](const Tally& tally) {
               return Measured{tally.violations, 0};
           },
           0},
    Metric{"violation rate", Measure::Rate,
           [](const Tally& tally) {
               return Measured{tally.failed, tally.checks};
           },
           0},
    Metric{"mean time", Measure::Time,
           [](const Tally& tally) {
               return Measured{tally.durations.mean(), tally.checks};
           },
           5},
    Metric{"95th percentile of time", Measure::Time,
           [](const Tally& tally) {
               return Measured{tally.durations.percentile(0.95), tally.checks};
           },
           20},
};
constexpr std::size_t violations = 1;
constexpr std::size_t violationRate = 2;

/// More violations of more checks are no worse.
bool moved(const statistics::Pair& rates, int sign)
{
    constexpr double least = 0.05;
    const double now = rates.now.value / rates.now.size;
    const double before = rates.before.value / rates.before.size;
    return sign * (now - before) >= least * before;
}

/// A day, of which some quarters of an hour have passed.
struct Moment
{
    int day;
    int quarters;
};

statistics::Noise noiseOf(const Metric& metric, const Timeline& past, const Period& period, const Moment& now)
{
    constexpr int days = 56;
    const int whole = period.days == 1 ? now.quarters : quartersADay;
    const int last = now.day - period.days;
    statistics::Noise noise;
    for (int day = last - days + 1; day <= last; ++day)
        noise.add(metric.measure,
                  {metric.of(past.beginning(day, whole)), metric.of(past.beginning(day - 7, whole))},
                  metric.leastSize);
    return noise;
}

/// 1 higher, -1 lower, 0 the same or not known, of `now`'s timeline against the past's.
int verdictOf(std::size_t which, const Timeline& past, const Timeline& present, const Period& period,
              const Moment& moment)
{
    const Metric& metric = judged.at(which);
    const Tally now = present.span(moment.day, period.days, moment.quarters);
    const Tally before = past.span(moment.day - period.shift, period.days, moment.quarters);
    if (metric.measure != Measure::Count && (now.checks == 0 || before.checks == 0))
        return 0;
    const auto change = statistics::changeOf(metric.measure, {metric.of(now), metric.of(before)},
                                             noiseOf(metric, past, period, moment), period.days > 1);
    if (!change || change->sign == 0)
        return 0;
    if (which != violations)
        return change->sign;
    return moved({{now.violations, now.checks}, {before.violations, before.checks}}, change->sign)
               ? change->sign
               : 0;
}

} // namespace

void Verdicts::see(const Subject& subject)
{
    constexpr int firstDay = 100;  // a month, the one before it and what is usual between days
    constexpr int daysBetween = 9; // another weekday each time
    Random random(subject.seed);
    const Year doubled = subject.changed([](double) { return Factors{1, 2, 1}; });
    const Timeline& past = subject.unchanged.all;
    for (int day = firstDay; day < past.days(); day += daysBetween) {
        if (day % 7 >= 5) // when hardly anybody is there to look
            continue;
        const Moment moment{day, (10 + random.below(9)) * quartersAnHour};
        for (std::size_t period = 0; period < periods; ++period) {
            for (std::size_t metric = 0; metric < metrics; ++metric)
                m_wrong.at(metric).at(period).add(verdictOf(metric, past, past, spans.at(period), moment) !=
                                                  0);
            m_found.at(period).add(verdictOf(violationRate, past, doubled.all, spans.at(period), moment) > 0);
        }
    }
}

void Verdicts::report(Table& table, std::size_t size) const
{
    for (std::size_t metric = 0; metric < metrics; ++metric) {
        const bool isTime = judged.at(metric).measure == Measure::Time;
        for (std::size_t period = 0; period < periods; ++period)
            table.add(size,
                      std::string("a. wrong verdicts, %: ") + judged.at(metric).name + ", " +
                          spans.at(period).name,
                      m_wrong.at(metric).at(period).percent(),
                      isTime ? Table::Said{"0-3", "0-3", "0-3"} : Table::Said{"0-2", "0-2", "0-2"});
    }
    const std::array<Table::Said, periods> said{
        {{"5", "53", "99"}, {"39", "98", "100"}, {"98", "100", "100"}}};
    for (std::size_t period = 0; period < periods; ++period)
        table.add(size, std::string("a. doubled violation rate, found, %: ") + spans.at(period).name,
                  m_found.at(period).percent(), said.at(period));
}

} // namespace prism::simulation
