#pragma once

#include "server/io/tls/pump.h"
#include "server/io/tls/reception.h"

#include <QObject>

#include <atomic>
#include <functional>
#include <memory>
#include <vector>

namespace prism::io::tls {

/// Where TLS ends: takes accepted connections, agrees with their peers on some threads, pumps on others, and
/// hands on a plain descriptor for each. Everything behind it works as it does without TLS. Owns the threads.
/// Lives on the main thread.
class Entrance : public QObject
{
    Q_OBJECT

public:
    struct Settings
    {
        int pumps = 1; ///< threads; half as many for handshakes, and one at least
        HandshakeLimits handshakes;
        ReadingFloor slowest;
    };

    /// What is handed on: `isPlain` tells a peer that speaks without TLS, of which nothing was read.
    using Sink = std::function<void(Descriptor descriptor, int tag, Link::Ticket ticket, bool isPlain)>;

    /// `sink` is called on the main thread.
    Entrance(const Settings& settings, const ContextPtr& context, Sink sink, QObject* parent = nullptr);
    ~Entrance() override;

    /// Starts the threads; on an error it is of no use.
    protocol::Result<void> start();

    /// Takes an accepted connection; `tag` and `ticket` are handed on with it. The ticket is held for as long
    /// as the peer is connected.
    void take(Descriptor peer, int tag, Link::Ticket ticket);

    /// For all handshakes that begin from now on.
    void setContext(const ContextPtr& context);

    /// From any thread.
    Figures figures() const;

    /// Ends all handshakes; nothing is handed on any more.
    void close();

    /// Waits for the connections to be gone, of which others hold the plain ends; drained() follows. After
    /// close().
    void drain();

    /// Ends everything, and joins the threads.
    void stop();

signals:
    void drained();

private:
    void receive(Reception::Outcome outcome);
    quint64 open() const;
    void tellDrained();

    const Sink m_sink;
    std::vector<std::unique_ptr<Pump>> m_pumps;
    std::vector<std::unique_ptr<Reception>> m_receptions;
    std::atomic<std::size_t> m_nextPump{0};
    std::size_t m_nextReception = 0;
    bool m_isClosed = false;
    bool m_isDraining = false;
};

} // namespace prism::io::tls
