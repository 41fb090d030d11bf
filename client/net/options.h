#pragma once

#include "shared/protocol/timestamp.h"

#include <chrono>
#include <functional>

namespace prism::net {

/// Where the time comes from. Tests bring their own.
struct Clock
{
    /// The time of day, which may jump when somebody sets the clock.
    std::function<protocol::Timestamp()> now = protocol::now;

    /// Time since some moment, which never jumps: for ages.
    std::function<std::chrono::milliseconds()> elapsed = [] {
        return std::chrono::duration_cast<std::chrono::milliseconds>(
            std::chrono::steady_clock::now().time_since_epoch());
    };
};

/// How long the dashboard waits for what.
struct Timing
{
    std::chrono::milliseconds requestDeadline{10'000}; ///< a request from start to end
    std::chrono::milliseconds requestIdle{8'000};      ///< a request on which nothing moves
    /// From opening a session to its hello, to each event that was missed, and to being live.
    std::chrono::milliseconds handshakeDeadline{10'000};
    std::chrono::milliseconds pingInterval{10'000};
    std::chrono::milliseconds silenceLimit{15'000}; ///< a session that answers no ping for so long is dead
    std::chrono::milliseconds firstRetry{3'000};
    std::chrono::milliseconds longestRetry{30'000};
    std::chrono::milliseconds pollInterval{30'000};    ///< while push is down
    std::chrono::milliseconds pairingPoll{2'000};      ///< while somebody has to let this dashboard in
    std::chrono::milliseconds refreshInterval{60'000}; ///< of the numbers while nothing happens: windows move
    /// How long the server may take to tell of a change to what is looked at before it is asked.
    std::chrono::milliseconds tellLimit{2'000};
    std::chrono::milliseconds refreshGap{50};  ///< least time between two refreshes of the numbers
    std::chrono::milliseconds trendGap{5'000}; ///< the same of what is drawn beside them
    std::chrono::milliseconds flushGap{17};    ///< least time between two changes of the activity table
    std::chrono::milliseconds grace{1'000};    ///< how long trouble lasts before a person is told of it
};

struct Options
{
    Clock clock = {};
    Timing timing = {};

    /// A number from 0 to 1 that spreads the retries of many dashboards; random when empty.
    std::function<double()> jitter = {};
};

} // namespace prism::net
