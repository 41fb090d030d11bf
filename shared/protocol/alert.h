#pragma once

#include "shared/protocol/error.h"
#include "shared/protocol/names.h"
#include "shared/protocol/timestamp.h"

#include <QJsonObject>

namespace prism::protocol {

class ObjectReader;

/// What may be out of the ordinary.
enum class AlertKind {
    ViolationSpike,
    PerformanceDegradation,
    UsageDrop,
    QualityDrop,
    Other, ///< one that this version does not know; a newer server may tell of more
};

enum class AlertSeverity { Low, Medium, High };

/// Of those that are known.
inline constexpr std::array<Name<AlertKind>, 4> alertKindNames{
    {{AlertKind::ViolationSpike, "violation_spike"},
     {AlertKind::PerformanceDegradation, "performance_degradation"},
     {AlertKind::UsageDrop, "usage_drop"},
     {AlertKind::QualityDrop, "quality_drop"}}};

inline constexpr std::array<Name<AlertSeverity>, 3> alertSeverityNames{
    {{AlertSeverity::Low, "low"}, {AlertSeverity::Medium, "medium"}, {AlertSeverity::High, "high"}}};

/// That somebody has seen an alert.
struct Acknowledgement
{
    QString by; ///< empty when they did not say who they are
    Timestamp at;

    bool operator==(const Acknowledgement&) const = default;
};

/// A number that was out of the ordinary in one hour or day.
struct Alert
{
    QString id; ///< made of kind, metric and bucket: the same again is the same alert
    AlertKind kind = AlertKind::ViolationSpike;
    QString message; ///< in English, for those who do not make a sentence of their own
    AlertSeverity severity = AlertSeverity::Medium;
    QString metric;
    double value = 0;
    double expected = 0; ///< what is usual, or allowed where nothing is known to be usual
    Timestamp bucket;    ///< where the hour or day begins
    Timestamp timestamp; ///< when it was raised
    std::optional<Acknowledgement> acknowledgement;

    bool isAcknowledged() const { return acknowledgement.has_value(); }

    bool operator==(const Alert&) const = default;
};

/// "violation_spike-violations-20260207T2200Z"
QString alertId(AlertKind kind, QLatin1String metric, Timestamp bucket);

QJsonObject toJson(const Alert& alert);
QByteArray encode(const Alert& alert);
Alert readAlert(ObjectReader& reader);

/// A kind that is not known is Other, and a severity that is not known Medium.
Result<Alert> alertFromJson(const QJsonObject& json);

/// The body of an acknowledgement: who, but not when, which is for the server to say.
QJsonObject toJson(const Acknowledgement& acknowledgement);

/// Reads the body of an acknowledgement, {"by": text}, where all may be missing.
Result<Acknowledgement> acknowledgementFromJson(const QJsonObject& json, Timestamp now);

} // namespace prism::protocol
