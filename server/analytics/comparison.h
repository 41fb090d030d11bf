#pragma once

#include "server/analytics/dashboard_numbers.h"
#include "shared/protocol/comparison.h"

namespace prism::analytics {

/// Both lists are numbersOf() a dashboard, or the same selection of it. What is the same on the wire, where
/// rates have 4 places, is stable. The periods and the origin are left to the caller.
protocol::Comparison compare(const QList<DashboardNumber>& baseline, const QList<DashboardNumber>& current);

} // namespace prism::analytics
