#pragma once

#include "server/io/tls/figures.h"
#include "server/io/tls/handshake.h"
#include "server/io/tls/poller.h"
#include "server/io/tls/turns.h"

#include <atomic>
#include <functional>
#include <list>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <vector>

namespace prism::io::tls {

/// How long a handshake may take, and how many are under way at once.
struct HandshakeLimits
{
    std::chrono::milliseconds patience{10'000}; ///< from the connection on
    std::size_t most = 256;                     ///< that are being answered
    std::size_t mostWithoutTicket = 64;         ///< of those, and of those that wait

    /// Who has a turn of their own among those that wait, by their address.
    std::function<QByteArray(const QHostAddress&)> shareOf = {};
};

/// A thread that agrees on TLS with whoever connects, so that what it takes to compute that keeps no
/// connection waiting that is there already. Of those that have begun to speak so many are answered at once;
/// the others wait, each address having its turn, and while they do, one that leaves its answer
/// unanswered for a second, or is not done after two, loses its place. Made, and called where nothing else is
/// said, on the main thread.
class Reception
{
public:
    /// What becomes of a peer: an agreed connection with a link to be pumped, or, without one, a peer that
    /// speaks without TLS, of which nothing was read.
    struct Outcome
    {
        Descriptor descriptor; ///< plain, and with the peer's address
        int tag = 0;
        Link::Ticket ticket;
        std::unique_ptr<Link> link;
    };

    /// `sink` is called on the reception's thread.
    using Sink = std::function<void(Outcome outcome)>;

    Reception(const HandshakeLimits& limits, ContextPtr context, Sink sink);
    ~Reception();

    /// False when the system has no thread or no descriptor left.
    bool start();

    /// Takes an accepted connection. From any thread.
    void take(Descriptor peer, int tag, Link::Ticket ticket);

    /// For all handshakes that begin from now on. From any thread.
    void setContext(ContextPtr context);

    /// From any thread; without Figures::open.
    Figures figures() const;

    /// Ends all that are under way, and the thread.
    void stop();

private:
    using Clock = Handshake::Clock;
    using Handshakes = std::vector<std::unique_ptr<Handshake>>;

    void run();
    void adopt();
    void onEvent(Handshake* handshake);
    void beginSome(Clock::time_point now);
    QByteArray shareOf(const Handshake& handshake) const;
    bool makeRoom(Clock::time_point now);
    void advance(Handshake* handshake, Clock::time_point now);
    void handOver(Handshake* handshake, bool isAgreed);
    void giveUp(Handshake* handshake);
    void giveUpLate(Clock::time_point now);
    void remove(Handshake* handshake);
    int waitTime() const;

    const HandshakeLimits m_limits;
    const Sink m_sink;
    Poller m_poller;
    std::atomic<quint64> m_done{0};
    std::atomic<quint64> m_failed{0};
    std::atomic<quint64> m_late{0};
    std::atomic<quint64> m_plain{0};
    std::atomic<quint64> m_running{0};
    std::atomic<bool> m_isStopping{false};
    mutable std::mutex m_mutex;
    ContextPtr m_context;                                             ///< guarded by the mutex
    Handshakes m_arrived;                                             ///< guarded by the mutex
    std::unordered_map<Handshake*, std::unique_ptr<Handshake>> m_all; ///< from here on the thread's own
    Turns m_waiting;                                                  ///< those that have begun to speak
    std::list<Handshake*> m_begun;                                    ///< those that are answered
    std::list<Handshake*> m_withoutTicket;                            ///< of all, the oldest first
    Clock::time_point m_looked;
    std::thread m_thread;
};

} // namespace prism::io::tls
