#pragma once

#include "tests/bench/clock.h"
#include "tests/bench/endpoint.h"
#include "tests/bench/event_loop.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace prism::bench {

/// One text frame as one client got it; the text is gone after the call it came with.
struct WsText
{
    std::size_t client = 0;
    std::string_view text;
    Clock::time_point received;
};

/// N WebSocket clients that only listen: they shake hands, walk over the frames, and answer pings. Lives with
/// its loop.
class WsClients
{
public:
    using OnText = std::function<void(const WsText&)>;

    /// Opens all of them, not too many at the same time, and waits until each has got its first text (the
    /// server's hello), which `onText` gets too. Throws BenchError when some do not get there.
    WsClients(EventLoop& loop, const Endpoint& endpoint, std::size_t count, OnText onText);
    ~WsClients();
    WsClients(const WsClients&) = delete;
    WsClients& operator=(const WsClients&) = delete;

    std::size_t count() const { return m_clients.size(); }

    /// How many sessions ended although nobody asked for it.
    std::size_t dropped() const { return m_dropped; }

    /// Text frames of all clients, the hellos included.
    std::uint64_t texts() const { return m_texts; }

private:
    class Client;

    EventLoop& m_loop;
    const Endpoint m_endpoint;
    const OnText m_onText;
    std::vector<std::unique_ptr<Client>> m_clients;
    std::vector<char> m_buffer; ///< what one read brings, shared: little is kept for each client
    std::size_t m_wanted;
    std::size_t m_greeted = 0;
    std::size_t m_dropped = 0;
    std::string m_refusal; ///< the latest answer to a handshake that was not 101
    std::uint64_t m_texts = 0;
};

} // namespace prism::bench
