#include "server/analytics/percentile.h"

#include <algorithm>
#include <cmath>

namespace prism::analytics {

std::optional<double> percentile(std::vector<double>& values, double fraction)
{
    if (values.empty())
        return std::nullopt;
    const double rank = std::ceil(fraction * double(values.size()));
    const auto index = std::ptrdiff_t(std::clamp(rank, 1.0, double(values.size()))) - 1;
    std::nth_element(values.begin(), values.begin() + index, values.end());
    return values[std::size_t(index)];
}

} // namespace prism::analytics
