#pragma once

#include "server/io/tls/link.h"
#include "server/io/tls/poller.h"

#include <atomic>
#include <functional>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <vector>

namespace prism::io::tls {

/// A thread that carries what the connections of its share say. Whoever has much to say comes again after the
/// others. Once the local end of a connection is let go of, its peer has as long to take what is left as a
/// slow reader has. Made, and called where nothing else is said, on the main thread.
class Pump
{
public:
    /// `onIdle` is called on the pump's thread whenever its last connection has gone.
    Pump(const ReadingFloor& floor, std::function<void()> onIdle);
    ~Pump();

    /// False when the system has no thread or no descriptor left.
    bool start();

    /// Takes over a connection. From any thread.
    void take(std::unique_ptr<Link> link);

    /// How many connections there are. From any thread.
    quint64 open() const { return m_open.load(std::memory_order_relaxed); }

    /// Ends all connections as they are, and the thread.
    void stop();

private:
    void run();
    void adopt();
    void queue(Link* link);
    void advanceQueued();
    void remove(Link* link);
    void watch(Link* link);
    void lookAtWatched();
    int waitTime() const;

    const ReadingFloor m_floor;
    const std::function<void()> m_onIdle;
    Poller m_poller;
    std::atomic<quint64> m_open{0};
    std::atomic<bool> m_isStopping{false};
    std::mutex m_mutex;
    std::vector<std::unique_ptr<Link>> m_arrived;             ///< guarded by the mutex
    std::unordered_map<Link*, std::unique_ptr<Link>> m_links; ///< from here on the thread's own
    std::vector<Link*> m_queue;
    std::vector<Link*> m_watched;
    Link::Clock::time_point m_looked;
    Link::Bytes m_bytes{};
    std::thread m_thread;
};

} // namespace prism::io::tls
