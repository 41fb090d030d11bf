#pragma once

#include "tests/bench/http_connection.h"

#include <memory>
#include <vector>

namespace prism::bench {

/// Sends requests over N kept connections, either as fast as they are answered or at a rate. Lives with its
/// loop.
class HttpDriver
{
public:
    /// Writes the next request into the string; false when there is none any more.
    using NextRequest = std::function<bool(std::string&)>;
    using TakeAnswer = std::function<void(const HttpAnswer&)>;

    /// Waits until all are connected. Throws BenchError when one cannot.
    HttpDriver(EventLoop& loop, const Endpoint& endpoint, int connections);

    /// Closed loop: each connection sends its next request when its last one is answered.
    void saturate(NextRequest next, TakeAnswer take);

    /// Open loop: so many requests a second, whether or not the ones before are answered. One that finds no
    /// idle connection is sent as soon as there is one.
    void pace(double perSecond, NextRequest next, TakeAnswer take);

    /// Runs the loop until all that was started is answered. Throws BenchError when `patience` passes without
    /// an end or when a connection broke.
    void finish(Clock::duration patience);

private:
    void answered(HttpConnection& connection, const HttpAnswer& answer);
    void sendNext(HttpConnection& connection);
    void tick(Clock::time_point due, Clock::duration interval);

    EventLoop& m_loop;
    const Endpoint m_endpoint;
    std::vector<std::unique_ptr<HttpConnection>> m_connections;
    NextRequest m_next;
    TakeAnswer m_take;
    bool m_paced = false;
    bool m_exhausted = true;
    std::uint64_t m_due = 0; ///< requests that wait for a connection
    std::size_t m_inFlight = 0;
    std::size_t m_broken = 0;
    std::size_t m_turn = 0;
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true); ///< timers outlive the driver
};

} // namespace prism::bench
