#pragma once

#include "shared/protocol/alert.h"

#include <QJsonObject>
#include <QMetaType>
#include <QString>

#include <optional>

namespace prism::model {

/// What was out of the ordinary, as far as this dashboard knows: a newer server may know more.
enum class AlertKind {
    ViolationSpike,
    PerformanceDegradation,
    UsageDrop,
    QualityDrop,
    Other, ///< one this version does not know
};

/// A number that left its usual range, and whether somebody has seen to it.
struct Alert
{
    QString id;
    AlertKind kind = AlertKind::Other;
    QString message;
    protocol::AlertSeverity severity = protocol::AlertSeverity::Medium;
    QString metric;
    std::optional<double> value;
    std::optional<double> expected;
    protocol::Timestamp time;
    std::optional<protocol::Timestamp> acknowledgedAt;
    QString acknowledgedBy; ///< empty when nobody gave a name

    bool isAcknowledged() const { return acknowledgedAt.has_value(); }

    bool operator==(const Alert&) const = default;

    /// Nothing when it has no id or no time.
    static std::optional<Alert> fromJson(const QJsonObject& json);
    QJsonObject toJson() const;
};

} // namespace prism::model

Q_DECLARE_METATYPE(prism::model::AlertKind)
Q_DECLARE_METATYPE(prism::protocol::AlertSeverity)
