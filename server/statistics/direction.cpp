#include "server/statistics/direction.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace prism::statistics {

namespace {

constexpr std::size_t leastSeasons = 3;
constexpr std::size_t leastForDirection = 10;
constexpr double beyondChance = 1.96;
constexpr double leastRise = 0.1; ///< of the mean
constexpr double leastCorrelation = 0.2;
constexpr double mostCorrelation = 0.5;
constexpr double residualGrain = 1e-9; ///< residuals that differ by less are equal

std::vector<std::vector<double>> bySeason(const Series& series, std::size_t season)
{
    std::vector<std::vector<double>> values(season);
    for (std::size_t i = 0; i < series.size(); ++i) {
        if (series[i])
            values[i % season].push_back(*series[i]);
    }
    return values;
}

double tieTerm(double n)
{
    return n * (n - 1) * (2 * n + 5);
}

double varianceOf(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    double sum = tieTerm(double(values.size()));
    for (auto from = values.begin(); from != values.end();) {
        const auto to = std::upper_bound(from, values.end(), *from);
        sum -= tieTerm(double(to - from));
        from = to;
    }
    return sum / 18;
}

void comparePairs(const Series& series, std::size_t season, Direction& direction)
{
    std::vector<double> slopes;
    for (std::size_t i = 0; i < series.size(); ++i) {
        for (std::size_t j = i + season; series[i] && j < series.size(); j += season) {
            if (!series[j])
                continue;
            direction.concordance += signOf(*series[j] - *series[i]);
            slopes.push_back((*series[j] - *series[i]) / double(j - i));
        }
    }
    if (!slopes.empty())
        direction.slope = median(std::move(slopes));
}

/// What the slope and the season do not explain, on a grid; nothing where there is no value.
Series residualsOf(const Series& series, std::size_t season, double slope)
{
    Series residuals(series.size());
    for (std::size_t i = 0; i < series.size(); ++i) {
        if (series[i])
            residuals[i] = *series[i] - slope * double(i);
    }
    const std::vector<std::vector<double>> seasons = bySeason(residuals, season);
    for (std::size_t i = 0; i < residuals.size(); ++i) {
        if (residuals[i])
            residuals[i] =
                std::round((*residuals[i] - median(seasons[i % season])) / residualGrain) * residualGrain;
    }
    return residuals;
}

/// Of the ranks of neighbours; a gap has none.
double neighbourCorrelation(const Series& residuals)
{
    std::vector<double> values;
    for (const auto& residual : residuals) {
        if (residual)
            values.push_back(*residual);
    }
    std::vector<double> ranks = midRanks(values);
    for (double& rank : ranks)
        rank -= double(ranks.size() + 1) / 2;
    double products = 0;
    for (std::size_t i = 0, rank = 0; i < residuals.size(); ++i) {
        if (!residuals[i])
            continue;
        if (i > 0 && residuals[i - 1])
            products += ranks[rank - 1] * ranks[rank];
        ++rank;
    }
    const double squares = std::inner_product(ranks.begin(), ranks.end(), ranks.begin(), 0.0);
    return squares > 0 ? products / squares : 0;
}

double meanOf(const Series& series)
{
    double sum = 0;
    for (const auto& value : series)
        sum += value.value_or(0);
    return sum / double(valuesIn(series));
}

/// From the first bucket with a value to the last.
double lengthOf(const Series& series)
{
    const auto isThere = [](const auto& value) { return value.has_value(); };
    const auto first = std::find_if(series.begin(), series.end(), isThere);
    const auto behindLast = std::find_if(series.rbegin(), series.rend(), isThere).base();
    return double(behindLast - first - 1);
}

} // namespace

std::optional<Direction> directionOf(const Series& series, std::size_t season)
{
    if (valuesIn(series) < (season == 1 ? leastForDirection : leastSeasons * season))
        return std::nullopt;
    Direction direction;
    comparePairs(series, season, direction);
    for (const std::vector<double>& values : bySeason(series, season))
        direction.variance += varianceOf(values);
    direction.correlation = neighbourCorrelation(residualsOf(series, season, direction.slope));
    const double correlation = std::clamp(direction.correlation, leastCorrelation, mostCorrelation);
    const int sign = signOf(direction.concordance);
    if (direction.variance > 0)
        direction.score = (direction.concordance - sign) / std::sqrt(direction.variance) *
                          std::sqrt((1 - correlation) / (1 + correlation));
    direction.confidence = std::erf(std::abs(direction.score) / std::numbers::sqrt2);
    const bool isWorth = direction.slope * lengthOf(series) * sign > leastRise * std::abs(meanOf(series));
    direction.sign = std::abs(direction.score) > beyondChance && isWorth ? sign : 0;
    return direction;
}

} // namespace prism::statistics
