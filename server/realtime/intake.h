#pragma once

#include "server/realtime/settings.h"

#include <chrono>

namespace prism::realtime {

/// Counts what one client sends, in pieces and in bytes: so many of each a second, of which what was not used
/// is saved up. A value; lives with its connection.
class Intake
{
public:
    using Clock = std::chrono::steady_clock;

    /// What is saved up is never less than two of the largest messages.
    Intake(const Settings& settings, Clock::time_point now);

    /// Counts what has arrived; false when that is more than the client may send by `now`.
    bool take(qint64 pieces, qint64 bytes, Clock::time_point now);

private:
    const ClientRate m_rate;
    const double m_mostPieces;
    const double m_mostBytes;
    double m_pieces; ///< that may still come
    double m_bytes;
    Clock::time_point m_filled;
};

} // namespace prism::realtime
