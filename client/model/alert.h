#pragma once

#include "shared/protocol/timestamp.h"

#include <QJsonObject>
#include <QMetaType>
#include <QString>

#include <optional>

namespace prism::model {

enum class AlertSeverity { Low, Medium, High };

/// A number that left its usual range.
struct Alert
{
    QString id;
    QString message;
    AlertSeverity severity = AlertSeverity::Medium;
    QString metric;
    std::optional<double> value;
    std::optional<double> expected;
    protocol::Timestamp time;

    bool operator==(const Alert&) const = default;

    /// Nothing when it has no id or no time.
    static std::optional<Alert> fromJson(const QJsonObject& json);
};

} // namespace prism::model

Q_DECLARE_METATYPE(prism::model::AlertSeverity)
