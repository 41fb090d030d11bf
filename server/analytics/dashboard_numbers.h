#pragma once

#include "shared/protocol/dashboard.h"

namespace prism::analytics {

/// What a larger value of a number means.
enum class Wish { More, Less };

/// One number of a dashboard, by its name within its family: usage, quality or performance.
struct DashboardNumber
{
    QLatin1String family;
    QLatin1String name;
    Wish wish = Wish::More; ///< fewer violations and shorter times are better
    std::optional<double> value;
};

/// The name of a number that may also be asked for by a shorter one, "checks"; any other name as it is.
QString numberNamed(const QString& name);

/// The shorter names.
QStringList shortNumberNames();

/// All of them, family by family, always the same ones in the same order.
QList<DashboardNumber> numbersOf(const protocol::Dashboard& dashboard);

} // namespace prism::analytics
