#pragma once

#include "server/io/reading_pace.h"
#include "server/realtime/view_feed.h"
#include "shared/protocol/reach.h"

#include <QString>

#include <chrono>
#include <functional>
#include <memory>

namespace prism::realtime {

/// Keeps the place of one connection taken for as long as it lives; null for none.
using Ticket = std::shared_ptr<void>;

/// Whose a connection is.
struct Guest
{
    Ticket ticket;
    QByteArray address = {};            ///< whose share it has of what all share; of none where empty
    std::function<bool()> mayStay = {}; ///< whether they are still to be served; none where all are
    protocol::Reach reach = {};         ///< of which projects they may hear
};

/// How much one client may send, see Intake.
struct ClientRate
{
    static constexpr std::chrono::seconds saved{10}; ///< for how long what was not used is saved up

    qint64 pieces = 500;       ///< frames of a WebSocket a second, whatever is in them
    qint64 bytes = 256 * 1024; ///< a second
};

/// How sessions are kept alive and kept small.
struct Settings
{
    qint64 messageBytes = 64 * 1024; ///< of one message from a client
    ClientRate clientRate;           ///< beyond it the connection is closed
    int maxJsonDepth = 32;
    qint64 aheadBytes = 64 * 1024; ///< how much may wait in front of a session's socket
    std::chrono::milliseconds pingInterval{30'000};
    io::ReadingFloor slowest;                           ///< who is behind and takes less is closed
    std::chrono::milliseconds handshakeTimeout{10'000}; ///< from the upgrade request to the session

    qsizetype mostProjects = 20; ///< of which one view has the numbers
    ViewPace views;

    /// A client that says nothing for this long is closed.
    std::chrono::milliseconds silenceTimeout() const { return 2 * pingInterval; }
};

} // namespace prism::realtime
