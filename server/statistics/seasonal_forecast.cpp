#include "server/statistics/seasonal_forecast.h"

#include <algorithm>
#include <cmath>

namespace prism::statistics {

namespace {

constexpr std::size_t leastForForecast = 10;
constexpr std::size_t startSeasons = 4;
constexpr double quantile90 = 1.281552;  ///< of the normal distribution: a band of 80 %
constexpr double quantile975 = 1.959964; ///< a band of 95 %
constexpr double shortestTime = 1e-3;    ///< ms; a logarithm needs something

/// The longest season there are enough values for; 0 when there are too few for any.
std::size_t seasonOf(BucketLength length, std::size_t values)
{
    switch (length) {
    case BucketLength::Hour:
        return values >= 672 ? 168 : values >= 72 ? 24 : 0;
    case BucketLength::Day:
        return values >= 21 ? 7 : 1;
    case BucketLength::Week:
        break;
    case BucketLength::Month:
        return values >= 36 ? 12 : 1;
    }
    return 1;
}

double levelWeightOf(BucketLength length)
{
    return length == BucketLength::Hour || length == BucketLength::Day ? 0.1 : 0.2;
}

} // namespace

std::size_t SeasonalForecast::longestHistory(BucketLength length)
{
    switch (length) {
    case BucketLength::Hour:
        return 672;
    case BucketLength::Day:
        return 182;
    case BucketLength::Week:
        return 104;
    case BucketLength::Month:
        break;
    }
    return 60;
}

SeasonalForecast::SeasonalForecast(Scale scale, std::size_t season, BucketLength length)
    : m_scale(scale)
    , m_levelWeight(levelWeightOf(length))
    , m_seasonWeight(season > 1 ? 0.1 : 0)
    , m_season(season)
{
}

std::optional<SeasonalForecast> SeasonalForecast::fit(const Series& history, BucketLength length, Scale scale)
{
    const std::size_t skipped = history.size() - std::min(history.size(), longestHistory(length));
    // History begins with the first bucket that has data.
    const auto from = std::find_if(history.begin() + std::ptrdiff_t(skipped), history.end(),
                                   [](const auto& value) { return value.has_value(); });
    const Series recent(from, history.end());
    const std::size_t values = valuesIn(recent);
    const std::size_t season = seasonOf(length, values);
    if (values < leastForForecast || season == 0)
        return std::nullopt;
    SeasonalForecast forecast(scale, season, length);
    forecast.start(recent);
    forecast.learn(recent);
    return forecast;
}

double SeasonalForecast::scaled(double value) const
{
    return m_scale == Scale::Count ? std::sqrt(std::max(value, 0.0))
                                   : std::log(std::max(value, shortestTime));
}

double SeasonalForecast::putBack(double value) const
{
    if (m_scale == Scale::Time)
        return std::exp(value);
    const double root = std::max(value, 0.0);
    return root * root;
}

/// From the first seasons.
void SeasonalForecast::start(const Series& history)
{
    const std::size_t season = m_season.size();
    std::vector<double> sums(season);
    std::vector<double> counts(season);
    double sum = 0;
    double count = 0;
    const std::size_t whole = std::min(startSeasons, history.size() / season) * season;
    for (std::size_t i = 0; i < whole; ++i) {
        if (!history[i])
            continue;
        sum += scaled(*history[i]);
        ++count;
        sums[i % season] += scaled(*history[i]);
        ++counts[i % season];
    }
    m_level = count > 0 ? sum / count : 0;
    if (season == 1)
        return;
    double mean = 0;
    for (std::size_t position = 0; position < season; ++position) {
        m_season[position] = counts[position] > 0 ? sums[position] / counts[position] - m_level : 0;
        mean += m_season[position] / double(season);
    }
    for (double& each : m_season)
        each -= mean;
}

void SeasonalForecast::learn(const Series& history)
{
    const std::size_t season = m_season.size();
    double squares = 0;
    for (std::size_t i = 0; i < history.size(); ++i) {
        if (!history[i])
            continue;
        const double error = scaled(*history[i]) - m_level - m_season[i % season];
        m_level += m_levelWeight * error;
        m_season[i % season] += m_seasonWeight * error;
        squares += error * error;
    }
    m_buckets = history.size();
    const auto values = double(valuesIn(history));
    const double used = season > 1 ? double(season) + 1 : 1;
    m_deviation = std::sqrt(squares / std::max(values - used, 1.0));
    if (m_scale == Scale::Count)
        m_deviation = std::max(m_deviation, 1 / std::sqrt(values));
}

ForecastBand SeasonalForecast::at(std::size_t ahead) const
{
    const std::size_t season = m_season.size();
    const double middle = m_level + m_season[(m_buckets - 1 + ahead) % season];
    double variance = 1;
    for (std::size_t i = 1; i < ahead; ++i) {
        const double weight = m_levelWeight + (i % season == 0 ? m_seasonWeight : 0);
        variance += weight * weight;
    }
    const double deviation = m_deviation * std::sqrt(variance);
    ForecastBand band;
    band.value = putBack(middle);
    band.lower80 = putBack(middle - quantile90 * deviation);
    band.upper80 = putBack(middle + quantile90 * deviation);
    band.lower95 = putBack(middle - quantile975 * deviation);
    band.upper95 = putBack(middle + quantile975 * deviation);
    if (m_scale == Scale::Time)
        band.confidence = 1 / (1 + quantile90 * deviation);
    else if (m_level > 0)
        band.confidence = 1 / (1 + 2 * quantile90 * deviation / m_level);
    return band;
}

} // namespace prism::statistics
