#include "tests/bench/simulation/forecasts.h"

#include <cmath>

namespace prism::simulation {

using statistics::BucketLength;
using statistics::SeasonalForecast;
using statistics::Series;

struct Forecasts::Kind
{
    BucketLength length;
    std::size_t season; ///< what repeats itself
    std::size_t history;
    std::size_t steps;
};

namespace {

constexpr std::size_t firstStep = 2; ///< behind the running bucket

double valueAt(const Series& series, std::size_t index)
{
    return series[index].value_or(0);
}

/// By how much buckets differ from those a season before, on the average.
double usualStep(const Series& history, std::size_t season)
{
    double sum = 0;
    for (std::size_t i = season; i < history.size(); ++i)
        sum += std::abs(valueAt(history, i) - valueAt(history, i - season));
    return sum / double(history.size() - season);
}

double meanOf(const Series& series)
{
    double sum = 0;
    for (const auto& each : series)
        sum += each.value_or(0);
    return sum / double(series.size());
}

Series hoursOf(const Timeline& timeline, const Level& level)
{
    Series series;
    for (int hour = 0; hour < timeline.days() * hoursADay; ++hour)
        series.emplace_back(level.of(timeline.hour(hour)));
    return series;
}

} // namespace

/// Forecasts what comes behind each stretch of history, from `first` on.
void Forecasts::tell(const Kind& kind, const Series& series, std::size_t first, Counts& counts)
{
    const std::size_t ahead = kind.steps + firstStep - 1;
    for (std::size_t end = first + kind.history; end + ahead <= series.size(); end += ahead) {
        const Series history(series.begin() + std::ptrdiff_t(end - kind.history),
                             series.begin() + std::ptrdiff_t(end));
        const auto forecast = SeasonalForecast::fit(history, kind.length, SeasonalForecast::Scale::Count);
        const double scale = usualStep(history, kind.season);
        const double mean = meanOf(history);
        if (!forecast || scale == 0)
            continue;
        for (std::size_t step = firstStep; step <= ahead; ++step) {
            const double actual = valueAt(series, end - 1 + step);
            const std::size_t seasonsBack = (step + kind.season - 1) / kind.season;
            const double repeated = valueAt(series, end - 1 + step - seasonsBack * kind.season);
            const statistics::ForecastBand band = forecast->at(step);
            counts.error.add(std::abs(band.value - actual) / scale);
            counts.errorOfRepeating.add(std::abs(repeated - actual) / scale);
            counts.within80.add(actual >= band.lower80 && actual <= band.upper80);
            counts.within95.add(actual >= band.lower95 && actual <= band.upper95);
            counts.width.add((band.upper80 - band.lower80) / mean);
        }
    }
}

void Forecasts::see(const Subject& subject)
{
    const Timeline& all = subject.unchanged.all;
    const Level& checks = levelOf(0);
    constexpr int days = 182;
    tell({BucketLength::Hour, 168, 672, 24}, hoursOf(all, checks), 0, m_hours);
    for (std::size_t number = 0; number < levels; ++number)
        tell({BucketLength::Day, 7, days, 14}, daysOf(all, levelOf(number), 0, all.days()), 0,
             m_days.at(number));
    tell({BucketLength::Week, 1, 43, 8}, weeksOf(all, checks), 0, m_weeks);
}

void Forecasts::report(Table& table, std::size_t size) const
{
    const auto add = [&](const std::string& name, const Counts& counts, const char* mase,
                         const char* repeated, const char* in80, const char* in95) {
        const auto same = [](const char* said) { return Table::Said{said, said, said}; };
        table.add(size, "d. MASE: " + name, counts.error.value(), same(mase));
        table.add(size, "d. MASE of repeating: " + name, counts.errorOfRepeating.value(), same(repeated));
        table.add(size, "d. within the band of 80, %: " + name, counts.within80.percent(), same(in80));
        table.add(size, "d. within the band of 95, %: " + name, counts.within95.percent(), same(in95));
    };
    add("24 hours, checks", m_hours, "0.80", "1.07", "84", "93");
    for (std::size_t number = 0; number < levels; ++number) {
        const std::string name = std::string("14 days, ") + levelOf(number).name;
        add(name, m_days.at(number), "0.79", "1.08", "83", "95");
        if (levelOf(number).doubles)
            table.add(size, "d. width of the band of 80 / mean: " + name, m_days.at(number).width.value(),
                      {"2.30", "0.89", "0.32"});
    }
    add("8 weeks, checks", m_weeks, "0.97", "1.14", "81", "94");
}

} // namespace prism::simulation
