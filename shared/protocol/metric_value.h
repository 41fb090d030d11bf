#pragma once

#include <QJsonValue>
#include <QString>

#include <optional>

namespace prism::protocol {

/// One number that was computed, by its name on the wire.
struct MetricValue
{
    QString name;
    std::optional<double> value; ///< as computed; a rate has 4 places on the wire

    bool operator==(const MetricValue&) const = default;
};

/// Whether a number is a fraction from 0 to 1, by its name: "violationRate", "patternMatchAccuracy".
bool isRate(QStringView metric);

/// The number of this name as the wire has it.
std::optional<double> wireNumber(QStringView metric, std::optional<double> value);
QJsonValue wireJson(QStringView metric, std::optional<double> value);

} // namespace prism::protocol
