#include "server/statistics/series.h"

#include <algorithm>
#include <numeric>

namespace prism::statistics {

std::size_t valuesIn(const Series& series)
{
    return std::size_t(
        std::count_if(series.begin(), series.end(), [](const auto& value) { return value.has_value(); }));
}

double median(std::vector<double> values)
{
    const auto middle = values.begin() + std::ptrdiff_t(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    if (values.size() % 2 == 1)
        return *middle;
    return (*std::max_element(values.begin(), middle) + *middle) / 2;
}

std::vector<double> midRanks(const std::vector<double>& values)
{
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::sort(order.begin(), order.end(),
              [&values](std::size_t left, std::size_t right) { return values[left] < values[right]; });
    std::vector<double> ranks(values.size());
    for (std::size_t from = 0; from < order.size();) {
        std::size_t to = from + 1;
        while (to < order.size() && values[order[to]] == values[order[from]])
            ++to;
        const double shared = double(from + 1 + to) / 2;
        for (; from < to; ++from)
            ranks[order[from]] = shared;
    }
    return ranks;
}

int signOf(double value)
{
    return int(value > 0) - int(value < 0);
}

} // namespace prism::statistics
