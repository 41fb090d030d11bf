#pragma once

#include "shared/protocol/position.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace prism::realtime {

/// What a client asked for that streams the events over plain HTTP.
struct StreamRequest
{
    QByteArray head; ///< of the answer, ready to be sent

    /// Where to resume; nothing to begin with what happens from now on.
    std::optional<protocol::Seq> since;
    QString epoch; ///< empty for the log's own
};

} // namespace prism::realtime
