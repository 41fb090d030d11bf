#pragma once

#include "server/io/descriptor.h"
#include "server/io/reading_pace.h"
#include "server/io/tls/context.h"

#include <QByteArray>

#include <array>
#include <atomic>
#include <memory>

namespace prism::io::tls {

/// One connection after its handshake: what the peer says under TLS goes in plain to a socket of this
/// process, the local one, and back. Holds at most one record in each direction: whoever does not read is not
/// written to, and the other is not read from. The end of either direction is passed on. Owns both
/// descriptors. Belongs to one thread at a time.
class Link
{
public:
    using Clock = std::chrono::steady_clock;

    /// Whoever waits for events names one of these.
    struct End
    {
        Link* link;
        bool isPeer;
    };

    /// A place that is taken for as long as the connection is there; null for one that has none.
    using Ticket = std::shared_ptr<void>;

    /// What was written to the local end and has not reached the peer; shared with whoever writes there.
    using OnTheWay = std::shared_ptr<std::atomic<qint64>>;

    /// The peer's socket with its session, and the local one.
    Link(Descriptor peer, SessionPtr session, Descriptor local, OnTheWay onTheWay, Ticket ticket);

    /// What is carried at a time, before others have their turn; the same for all links of a thread.
    using Bytes = std::array<char, 16UL * 1024>;

    enum class State { Waits, HasMore, Over };

    /// Notes what epoll said of one end.
    void note(const End& end, quint32 events);

    /// Carries what there is, up to some records in each direction.
    State advance(Bytes& bytes);

    /// Whether whoever had the local end has let go of it: what is left is to be sent, and nothing follows.
    bool isLeft() const { return m_isLeft; }

    /// Whether it is to be looked at from time to time, without anything happening: it is left, or its peer
    /// does not take all that there is for it.
    bool isToBeWatched() const { return m_isLeft || !m_toPeer.isEmpty() || m_onTheWay->load() > 0; }

    /// Tells the one who writes to the local end how much is on the way. False for one that is left and whose
    /// peer takes the rest too slowly.
    bool look(Clock::time_point now, const ReadingFloor& floor);

    End* peerEnd() { return &m_ends[0]; }
    End* localEnd() { return &m_ends[1]; }
    int peerNumber() const { return m_peer.number(); }
    int localNumber() const { return m_local.number(); }

    /// Whether it is among those that are to be advanced, and among those that are watched; for its owner.
    bool hasTurn = false;
    bool isWatched = false;

private:
    enum class Step { Moved, Stuck, Failed };

    Step moveIn(Bytes& bytes);
    Step giveToLocal(QByteArrayView bytes);
    Step moveOut(Bytes& bytes);
    Step giveToPeer(QByteArrayView bytes);
    Step sayGoodbye();
    Step outcomeOf(int result);
    qint64 unacknowledged() const;
    bool isOver() const { return m_isOutOver && (m_isInOver || m_isLeft); }

    const Ticket m_ticket;
    const OnTheWay m_onTheWay;
    Descriptor m_peer;
    const SessionPtr m_session;
    Descriptor m_local;
    std::array<End, 2> m_ends;
    QByteArray m_toLocal; ///< read, and not taken by the local one yet
    QByteArray m_toPeer;  ///< the same for the peer; has to be given again as it is
    qint64 m_givenToPeer = 0;
    ReadingPace m_pace;
    bool m_peerReadable = true;
    bool m_peerWritable = true;
    bool m_localReadable = true;
    bool m_localWritable = true;
    bool m_isInOver = false;    ///< the peer sends nothing more, and the local one was told
    bool m_isLocalDone = false; ///< nothing more is to be read from the local one
    bool m_isOutOver = false;   ///< and the peer was told
    bool m_isLeft = false;
    bool m_isBroken = false;
};

} // namespace prism::io::tls
