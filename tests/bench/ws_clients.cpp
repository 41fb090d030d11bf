#include "tests/bench/ws_clients.h"

#include "tests/bench/ws_frame.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <sys/epoll.h>
#include <sys/socket.h>

namespace prism::bench {

namespace {

constexpr std::size_t bufferSize = 256 * 1024;
constexpr std::size_t atOnce = 128;

} // namespace

/// One session.
class WsClients::Client : public SocketHandler
{
public:
    Client(WsClients& all, std::size_t index)
        : m_all(all)
        , m_index(index)
        , m_socket(connectTo(all.m_endpoint, unsigned(index)))
    {
        m_all.m_loop.watch(m_socket.get(), EPOLLOUT, *this);
    }

    void handle(std::uint32_t events) override
    {
        if (!m_socket.isOpen())
            return;
        if ((events & EPOLLERR) != 0)
            return end();
        if ((events & EPOLLOUT) != 0) {
            const std::string request = handshake();
            if (::send(m_socket.get(), request.data(), request.size(), MSG_NOSIGNAL) !=
                ssize_t(request.size()))
                return end();
            return m_all.m_loop.change(m_socket.get(), EPOLLIN, *this);
        }
        read();
    }

private:
    enum class State { Handshake, Opened, Greeted };

    std::string handshake() const
    {
        return "GET " + m_all.m_endpoint.path + " HTTP/1.1\r\nHost: " + m_all.m_endpoint.authority() +
               "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
               "Sec-WebSocket-Key: cHJpc20gYmVuY2htYXJrIQ==\r\n\r\n";
    }

    void read()
    {
        // What was left of the read before goes in front, so that a frame is always in one piece.
        char* const buffer = m_all.m_buffer.data();
        std::memcpy(buffer, m_rest.data(), m_rest.size());
        const ssize_t got = recv(m_socket.get(), buffer + m_rest.size(), bufferSize - m_rest.size(), 0);
        if (got < 0 && errno == EAGAIN)
            return;
        if (got <= 0)
            return end();
        const Clock::time_point now = Clock::now();
        std::string_view bytes(buffer, m_rest.size() + std::size_t(got));
        if (m_state == State::Handshake && !takeHandshake(bytes))
            return;
        while (const std::optional<WsFrame> frame = nextFrame(bytes)) {
            bytes.remove_prefix(frame->size);
            take(*frame, now);
            if (!m_socket.isOpen())
                return;
        }
        if (bytes.size() == bufferSize)
            return end(); // a frame larger than anything that is measured here
        m_rest.assign(bytes);
    }

    /// Takes the answer to the handshake off `bytes`; false when it is not complete or not 101.
    bool takeHandshake(std::string_view& bytes)
    {
        const std::size_t headEnd = bytes.find("\r\n\r\n");
        if (headEnd == std::string_view::npos) {
            m_rest.assign(bytes);
            return false;
        }
        if (!bytes.starts_with("HTTP/1.1 101")) {
            m_all.m_refusal = bytes.substr(0, bytes.find("\r\n"));
            end();
            return false;
        }
        m_state = State::Opened;
        bytes.remove_prefix(headEnd + 4);
        return true;
    }

    void take(const WsFrame& frame, Clock::time_point now)
    {
        switch (frame.opcode) {
        case WsOpcode::Text:
            ++m_all.m_texts;
            if (m_state == State::Opened) {
                m_state = State::Greeted;
                ++m_all.m_greeted;
            }
            return m_all.m_onText({m_index, frame.payload, now});
        case WsOpcode::Ping: {
            const std::string pong = maskedFrame(WsOpcode::Pong, frame.payload);
            (void)::send(m_socket.get(), pong.data(), pong.size(), MSG_NOSIGNAL);
            return;
        }
        case WsOpcode::Close:
            return end();
        default:
            return;
        }
    }

    void end()
    {
        m_socket.close();
        ++m_all.m_dropped;
    }

    WsClients& m_all;
    const std::size_t m_index;
    FileDescriptor m_socket;
    State m_state = State::Handshake;
    std::string m_rest;
};

WsClients::WsClients(EventLoop& loop, const Endpoint& endpoint, std::size_t count, OnText onText)
    : m_loop(loop)
    , m_endpoint(endpoint)
    , m_onText(std::move(onText))
    , m_buffer(bufferSize)
    , m_wanted(count)
{
    const auto openMore = [this] {
        while (m_clients.size() < m_wanted && m_clients.size() < m_greeted + atOnce)
            m_clients.push_back(std::make_unique<Client>(*this, m_clients.size()));
        return m_dropped > 0 || m_greeted == m_wanted;
    };
    const auto patience = std::chrono::seconds(30) + std::chrono::milliseconds(10) * count;
    const bool ended = m_loop.runUntil(Clock::now() + patience, openMore);
    if (!ended || m_dropped > 0)
        throw BenchError(
            "only " + std::to_string(m_greeted) + " of " + std::to_string(count) +
            " WebSocket clients were let in by " + endpoint.authority() +
            (m_refusal.empty() ? std::string() : "; " + m_endpoint.path + " was answered by " + m_refusal));
}

WsClients::~WsClients() = default;

} // namespace prism::bench
