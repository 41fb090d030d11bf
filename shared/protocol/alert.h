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
    SlowChecks,
    GateFailing, ///< the one that belongs to a project, and to its gate
    Other,       ///< one that this version does not know; a newer server may tell of more
};

enum class AlertSeverity { Low, Medium, High };

enum class AlertState { Open, Acknowledged, Resolved };

/// Of those that are known.
inline constexpr std::array<Name<AlertKind>, 6> alertKindNames{
    {{AlertKind::ViolationSpike, "violation_spike"},
     {AlertKind::PerformanceDegradation, "performance_degradation"},
     {AlertKind::UsageDrop, "usage_drop"},
     {AlertKind::QualityDrop, "quality_drop"},
     {AlertKind::SlowChecks, "slow_checks"},
     {AlertKind::GateFailing, "gate_failing"}}};

inline constexpr std::array<Name<AlertSeverity>, 3> alertSeverityNames{
    {{AlertSeverity::Low, "low"}, {AlertSeverity::Medium, "medium"}, {AlertSeverity::High, "high"}}};

inline constexpr std::array<Name<AlertState>, 3> alertStateNames{{{AlertState::Open, "open"},
                                                                  {AlertState::Acknowledged, "acknowledged"},
                                                                  {AlertState::Resolved, "resolved"}}};

/// That somebody has seen an alert.
struct Acknowledgement
{
    QString by; ///< empty when they did not say who they are
    Timestamp at;

    bool operator==(const Acknowledgement&) const = default;
};

/// Something that is, or was, out of the ordinary for some time: facts, of which each who tells of it makes a
/// sentence.
struct Alert
{
    QString id; ///< made of kind, metric or gate, and the bucket of its beginning
    AlertKind kind = AlertKind::ViolationSpike;
    QString message; ///< what an older server wrote instead of facts; empty for those of today
    AlertSeverity severity = AlertSeverity::Medium;
    AlertState state = AlertState::Open;
    QString metric;
    double value = 0;
    double expected = 0;                   ///< what is usual, or allowed
    std::optional<Timestamp> since;        ///< since when that is counted; those of an older server have none
    std::optional<qint64> checks;          ///< that it was counted of
    std::optional<double> limitMs;         ///< checks that took longer are counted
    Timestamp bucket;                      ///< where the hour or day begins in which it was raised
    Timestamp timestamp;                   ///< when it was raised
    std::optional<Timestamp> resolvedAt{}; ///< when it was over the last time
    std::optional<Acknowledgement> acknowledgement;
    QString project{}; ///< of the gate; empty where that has none
    QString gate{};    ///< that is BLOCKED; empty for the other kinds, which belong to the server

    /// By somebody, whether or not it is over.
    bool isAcknowledged() const { return acknowledgement.has_value(); }

    /// Whether it asks for somebody: it lasts, and nobody has seen it.
    bool isOpen() const { return state == AlertState::Open; }

    bool operator==(const Alert&) const = default;
};

/// "violation_spike-violations-20260207T2200Z"
QString alertId(AlertKind kind, QLatin1String metric, Timestamp bucket);

/// "gate_failing-9f86d081884c7d65-20260207T2200Z": of a gate, by a hash of its project's name and its own.
QString gateAlertId(const QString& project, const QString& gate, Timestamp bucket);

/// What the facts say, in English, for those who do not make a sentence of their own.
QString messageOf(const Alert& alert);

QJsonObject toJson(const Alert& alert);
QByteArray encode(const Alert& alert);
Alert readAlert(ObjectReader& reader);

/// A kind that is not known is Other, and a severity that is not known Medium. Without a state, as from an
/// older server, it is open until it is acknowledged.
Result<Alert> alertFromJson(const QJsonObject& json);

/// The body of an acknowledgement: who, but not when, which is for the server to say.
QJsonObject toJson(const Acknowledgement& acknowledgement);

/// Reads the body of an acknowledgement, {"by": text}, where all may be missing.
Result<Acknowledgement> acknowledgementFromJson(const QJsonObject& json, Timestamp now);

} // namespace prism::protocol
