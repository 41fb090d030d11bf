#pragma once

#include "shared/protocol/error.h"
#include "shared/protocol/position.h"
#include "shared/protocol/view.h"

namespace prism::realtime {

/// What a client says to its session.
struct ClientMessage
{
    enum class Kind { Ping, Subscribe, Unsubscribe, Join, Leave, Resume, Dashboard };

    Kind kind = Kind::Ping;
    QString subject;                    ///< the event or the room that is meant
    QString epoch;                      ///< of a resume
    protocol::Seq since = 0;            ///< of a resume; 0 or more
    std::optional<protocol::View> view; ///< of a dashboard; nothing stops it

    bool operator==(const ClientMessage&) const = default;
};

/// Reads one message. NotJson when it is none or is nested more than `maxDepth` deep, Validation for a type
/// that is not known, BadFormat for a resume without a position, what a project's name would be refused with
/// for a room, what a view is refused with for a dashboard.
protocol::Result<ClientMessage> parseClientMessage(const QByteArray& text, int maxDepth,
                                                   qsizetype mostProjects = 20);

} // namespace prism::realtime
