#pragma once

#include "server/analytics/dashboard_numbers.h"

namespace prism::analytics {

/// One number in two periods. Nothing follows where one of them has no value.
struct Difference
{
    DashboardNumber current;
    std::optional<double> baseline;
    std::optional<double> change;        ///< current − baseline
    std::optional<double> changePercent; ///< 100 × change ÷ baseline; nothing when the baseline is 0
    protocol::Direction trend = protocol::Direction::Stable; ///< the sign of the change
    std::optional<bool> better;                              ///< nothing when it is stable
};

struct Comparison
{
    QList<Difference> differences;
    int improvements = 0;
    int degradations = 0;

    int totalChanges() const { return improvements + degradations; }
};

/// Both lists are numbersOf() a dashboard, or the same selection of it. What is the same on the wire, where
/// rates have 4 places, is stable.
Comparison compare(const QList<DashboardNumber>& baseline, const QList<DashboardNumber>& current);

} // namespace prism::analytics
