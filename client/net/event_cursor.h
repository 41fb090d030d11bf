#pragma once

#include "shared/protocol/position.h"

#include <optional>

namespace prism::net {

/// The position up to which this client has seen everything. Every event passes here, whichever way it came,
/// so that each is let through exactly once and in order.
class EventCursor
{
public:
    enum class Verdict { Next, Repeat, Gap };

    /// Nothing before the first hello or answer.
    const std::optional<protocol::Position>& position() const { return m_position; }

    /// Starts over at `position`.
    void moveTo(const protocol::Position& position) { m_position = position; }

    /// Steps on if `seq` is the very next one; otherwise stays. A Gap while there is no position.
    Verdict accept(protocol::Seq seq);

    /// There is nothing for this client up to `seq`.
    void pass(protocol::Seq seq)
    {
        if (m_position && seq > m_position->seq)
            m_position->seq = seq;
    }

private:
    std::optional<protocol::Position> m_position;
};

} // namespace prism::net
