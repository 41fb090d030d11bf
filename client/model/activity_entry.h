#pragma once

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
    RetroCreated,
    Alert,
    Other, ///< a type this version does not know
};

enum class ActivityStatus { Info, Pass, Warning, Blocked };

/// One event, as a person follows what is going on. Raw: words and formats are made where it is shown.
struct ActivityEntry
{
    protocol::Seq seq = 0;
    protocol::Timestamp time;
    ActivityKind kind = ActivityKind::Other;
    ActivityStatus status = ActivityStatus::Info;
    QString type;    ///< on the wire
    QString subject; ///< the record's name, the check's project or id, the retro's project or summary, …
    std::optional<double> duration; ///< milliseconds, of checks and retrospectives
    int violations = 0;             ///< of checks
    QJsonObject data;               ///< all that the event said

    static ActivityEntry fromEvent(const protocol::Event& event);
};

} // namespace prism::model

Q_DECLARE_METATYPE(prism::model::ActivityKind)
Q_DECLARE_METATYPE(prism::model::ActivityStatus)
