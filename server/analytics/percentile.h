#pragma once

#include <optional>
#include <vector>

namespace prism::analytics {

/// The exact percentile by nearest rank: the smallest value that at least `fraction` (above 0, up to 1) of
/// all values do not exceed. Reorders `values`; nothing when there are none.
std::optional<double> percentile(std::vector<double>& values, double fraction);

} // namespace prism::analytics
