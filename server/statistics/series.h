#pragma once

#include <optional>
#include <vector>

namespace prism::statistics {

/// Complete buckets, oldest first; nothing where a rate or a time has no value.
using Series = std::vector<std::optional<double>>;

/// How many buckets have a value.
std::size_t valuesIn(const Series& series);

/// The mean of the two in the middle when their number is even; one value at least.
double median(std::vector<double> values);

/// The rank of each value from 1 on; those that are equal share the mean of theirs.
std::vector<double> midRanks(const std::vector<double>& values);

/// -1, 0 or 1.
int signOf(double value);

} // namespace prism::statistics
