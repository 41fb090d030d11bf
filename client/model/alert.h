#pragma once

#include "shared/protocol/timestamp.h"

#include <QJsonObject>
#include <QMetaType>
#include <QString>

#include <optional>

namespace prism::model {

enum class AlertSeverity { Low, Medium, High };

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
    AlertSeverity severity = AlertSeverity::Medium;
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
Q_DECLARE_METATYPE(prism::model::AlertSeverity)
