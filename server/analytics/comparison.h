#pragma once

#include "server/analytics/assessments.h"
#include "shared/protocol/comparison.h"

namespace prism::analytics {

/// The numbers of one window that are compared, and how many days of it passed.
struct Compared
{
    QList<DashboardNumber> numbers; ///< numbersOf() a dashboard, or a selection of it
    double days = 1;
};

/// Both have the same selection. Where other lengths of time passed, what adds up is compared as of one day.
/// What is the same on the wire, where rates have 4 places, is stable. The periods and the origin are left to
/// the caller.
protocol::Comparison compare(const Compared& baseline, const Compared& current, const Assessments& said);

} // namespace prism::analytics
