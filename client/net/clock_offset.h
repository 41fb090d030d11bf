#pragma once

#include "shared/protocol/timestamp.h"

#include <deque>

namespace prism::net {

/// How far the server's clock is ahead of ours, from questions and their answers: the answer's time is taken
/// to be the middle between asking and hearing, and of the latest few the quickest answer counts.
class ClockOffset
{
public:
    /// Asked and heard by our clock, answered by the server's. Answers before their question are ignored.
    void add(protocol::Timestamp asked, protocol::Timestamp answered, protocol::Timestamp heard);

    /// Server minus local; 0 until there was an answer.
    std::chrono::milliseconds value() const;

private:
    struct Sample
    {
        std::chrono::milliseconds roundTrip;
        std::chrono::milliseconds offset;
    };

    static constexpr std::size_t kept = 8;
    std::deque<Sample> m_samples;
};

} // namespace prism::net
