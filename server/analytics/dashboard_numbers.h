#pragma once

#include "server/analytics/span_facts.h"
#include "server/statistics/change.h"
#include "shared/protocol/dashboard.h"

namespace prism::analytics {

/// What a larger value of a number means; nothing where it says how much was done.
enum class Wish { None, More, Less };

/// A number of a dashboard, by its name within its family: usage, quality or performance.
struct NumberKind
{
    QLatin1String family;
    QLatin1String name;
    Wish wish = Wish::None; ///< fewer violations and shorter times are better

    std::optional<double> (*value)(const protocol::Dashboard& dashboard) = nullptr;

    /// How it is judged; without a measure it never is.
    std::optional<statistics::Measure> measure = {};
    statistics::Measured (*measured)(const SpanFacts& facts) = nullptr;
    double leastSize = 0; ///< of a day, to tell anything of a time

    /// Whether it adds up, so that what is said of a day can be made of it.
    bool addsUp = false;
};

inline constexpr std::size_t numberCount = 17;

/// All of them, family by family.
const std::array<NumberKind, numberCount>& numberKinds();

/// The place of a number among them; numberCount when there is none of this name.
std::size_t numberIndex(QLatin1String name);

/// One number of one dashboard.
struct DashboardNumber
{
    QLatin1String family;
    QLatin1String name;
    std::optional<double> value;
};

/// The name of a number that may also be asked for by a shorter one, "checks"; any other name as it is.
QString numberNamed(const QString& name);

/// The shorter names.
QStringList shortNumberNames();

/// All of them, in the order of numberKinds().
QList<DashboardNumber> numbersOf(const protocol::Dashboard& dashboard);

} // namespace prism::analytics
