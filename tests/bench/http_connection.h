#pragma once

#include "tests/bench/clock.h"
#include "tests/bench/endpoint.h"
#include "tests/bench/event_loop.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace prism::bench {

/// One answer; the body is gone after the call it came with.
struct HttpAnswer
{
    int status = 0;
    std::string_view body;
    Clock::time_point sent; ///< just before the request's first byte
    Clock::time_point received;
};

/// One kept connection with one request under way at a time. Understands no more of HTTP than the status and
/// Content-Length. Lives with its loop.
class HttpConnection : public SocketHandler
{
public:
    using OnAnswer = std::function<void(HttpConnection&, const HttpAnswer&)>;

    HttpConnection(EventLoop& loop, const Endpoint& endpoint, unsigned source, OnAnswer onAnswer);

    bool isIdle() const { return m_state == State::Idle; }
    bool isBroken() const { return m_state == State::Broken; }

    /// The next request is put here while the connection is idle; it keeps the one before until then.
    std::string& request() { return m_request; }
    void send();

    void handle(std::uint32_t events) override;

private:
    enum class State { Connecting, Idle, Waiting, Broken };

    void write();
    void read();
    void takeAnswer(Clock::time_point now);
    void fail();

    EventLoop& m_loop;
    FileDescriptor m_socket;
    OnAnswer m_onAnswer;
    State m_state = State::Connecting;
    std::string m_request;
    std::size_t m_written = 0;
    bool m_wantsToWrite = true;
    std::vector<char> m_in;
    std::size_t m_used = 0;
    std::size_t m_expected = 0; ///< bytes of the whole answer; 0 until its head is there
    std::size_t m_headSize = 0;
    int m_status = 0;
    Clock::time_point m_sent;
};

} // namespace prism::bench
