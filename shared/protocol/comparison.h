#pragma once

#include "shared/protocol/assessment.h"
#include "shared/protocol/trend.h"

namespace prism::protocol {

/// What a comparison's numbers belong to. All are in the answer, also one of which nothing was asked.
inline constexpr std::array<QLatin1String, 3> comparisonFamilies{
    QLatin1String("usage"), QLatin1String("quality"), QLatin1String("performance")};

/// One number in two periods. Nothing follows where one of them has no value.
struct Difference
{
    QString family = {}; ///< among comparisonFamilies
    QString name = {};
    std::optional<double> baseline = {};
    std::optional<double> current = {};
    std::optional<double> change = {};        ///< current − baseline
    std::optional<double> changePercent = {}; ///< 100 × change ÷ baseline; nothing when the baseline is 0
    Direction trend = Direction::Stable;      ///< the sign of the change
    std::optional<bool> better = {};          ///< the verdict's; nothing where it is neither
    bool perDay = false;                      ///< both are of a day, as the spans are not of one length
    Assessment assessment = {};

    bool operator==(const Difference&) const = default;
};

/// The numbers of one period beside those of another.
struct Comparison
{
    Period baseline = Period::Week;
    Period current = Period::Week;
    QList<Difference> differences = {};
    int changes = 0; ///< that are visible on the wire
    int improvements = 0;
    int degradations = 0;
    Origin origin = {};

    bool operator==(const Comparison&) const = default;
};

QJsonObject toJson(const Comparison& comparison);

} // namespace prism::protocol
