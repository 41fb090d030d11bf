#pragma once

#include "server/io/descriptor.h"
#include "server/io/tls/context.h"
#include "server/io/tls/link.h"

#include <chrono>
#include <utility>

namespace prism::io::tls {

/// A peer that has connected and has not agreed on TLS yet. Costs little more than its descriptor until it
/// has begun to speak and somebody begins to answer. Belongs to one thread.
class Handshake
{
public:
    using Clock = std::chrono::steady_clock;

    /// `tag` is its owner's, to tell the ports apart.
    Handshake(Descriptor peer, int tag, Link::Ticket ticket, Clock::time_point deadline)
        : m_peer(std::move(peer))
        , m_tag(tag)
        , m_ticket(std::move(ticket))
        , m_deadline(deadline)
    {
    }

    enum class Greeting { None, Tls, Plain, Gone };

    /// How the peer begins, unread. Plain is what begins as a request of HTTP does, by which nothing begins
    /// in TLS.
    Greeting greeting() const;

    /// Takes its place among those that wait for an answer; false where it has one.
    bool takePlace() { return !std::exchange(m_hasPlace, true); }

    /// Begins to answer; false when there is no memory.
    bool begin(const Context& context, Clock::time_point now);
    bool hasBegun() const { return m_session != nullptr; }

    enum class State { Waits, Done, Failed };

    /// Goes on as far as what has arrived leads.
    State advance(Clock::time_point now);

    /// Since when it is answered, and since when it waits for its peer.
    Clock::time_point begun() const { return m_begun; }
    Clock::time_point moved() const { return m_moved; }
    Clock::time_point deadline() const { return m_deadline; }

    int number() const { return m_peer.number(); }
    int tag() const { return m_tag; }
    const QHostAddress& peerAddress() const { return m_peer.peer(); }
    const Link::Ticket& ticket() const { return m_ticket; }

    /// Of one that is done: the connection, to whose other end `local` leads.
    std::unique_ptr<Link> toLink(Descriptor local, Link::OnTheWay onTheWay);

    /// Gives the descriptor away.
    Descriptor release() { return std::move(m_peer); }

private:
    Descriptor m_peer;
    const int m_tag;
    const Link::Ticket m_ticket;
    const Clock::time_point m_deadline;
    Clock::time_point m_begun;
    Clock::time_point m_moved;
    SessionPtr m_session;
    bool m_hasPlace = false;
};

} // namespace prism::io::tls
