#pragma once

#include "shared/protocol/alert.h"
#include "shared/protocol/event.h"

#include <QJsonObject>
#include <QMetaType>

#include <optional>

namespace prism::model {

enum class ActivityKind {
    RecordCreated,
    RecordUpdated,
    RecordDeleted,
    CheckCompleted,
    CheckUpdated, ///< a violation was marked as a false positive, or is none any more
    GateChanged,  ///< it turned to BLOCKED, or from it
    RetroCreated,
    Alert,
    AlertAcknowledged,
    SettingsUpdated,
    PrinciplesUpdated,
    Other, ///< a type this version does not know
};

enum class ActivityStatus { Info, Pass, Warning, Blocked };

/// One event, as a person follows what is going on. Raw: words and formats are made where it is shown.
struct ActivityEntry
{
    protocol::Seq seq = 0;
    protocol::Timestamp time; ///< when it was; of a check or retrospective that came late, its own
    protocol::Timestamp told; ///< when the server said so
    ActivityKind kind = ActivityKind::Other;
    ActivityStatus status = ActivityStatus::Info;
    QString type;    ///< on the wire
    QString subject; ///< the record's name, the check's project or user, the retro's project or summary, …;
                     ///< empty where it has no name
    std::optional<ActivityStatus> before;            ///< of a gate: its status until then, where it had one
    std::optional<double> duration;                  ///< milliseconds, of checks and retrospectives
    int violations = 0;                              ///< of checks, without the false positives
    std::optional<protocol::AlertSeverity> severity; ///< of alerts
    QString gravest;  ///< of the violations, by its principle and place; empty without any
    QJsonObject data; ///< all that the event said

    static ActivityEntry fromEvent(const protocol::Event& event);
    protocol::Event toEvent() const { return {type, seq, data, told}; }

    /// The check, retrospective, record or alert that the event is about.
    QJsonObject object() const;

    /// Takes on what `update`, of kind CheckUpdated, says of this check. False when it is about another.
    bool revise(const ActivityEntry& update);
};

/// "file:line:column" of a violation, as far as it is said; empty without a file.
QString placeOf(const QJsonObject& violation);

} // namespace prism::model

Q_DECLARE_METATYPE(prism::model::ActivityKind)
Q_DECLARE_METATYPE(prism::model::ActivityStatus)
