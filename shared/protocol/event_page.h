#pragma once

#include "shared/protocol/event.h"

#include <QList>

namespace prism::protocol {

/// Some events of the log in order. Whoever had everything up to the place they asked from has everything up
/// to `reached` with them.
struct EventPage
{
    bool complete = true; ///< false: what was asked from is no place of this log, or is not kept any more
    Position reached = {};
    Seq head = 0; ///< the newest event of the log
    QList<Event> events = {};
    bool hasPassed = false; ///< there are others between, which whoever asked may not hear of

    bool operator==(const EventPage&) const = default;
};

QByteArray encode(const EventPage& page);

/// The same of events that are encoded already; `page.events` is not looked at.
QByteArray encode(const EventPage& page, const QList<QByteArray>& events);

Result<EventPage> eventPageFromJson(const QJsonObject& json);

} // namespace prism::protocol
