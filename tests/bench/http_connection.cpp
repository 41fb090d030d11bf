#include "tests/bench/http_connection.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>

namespace prism::bench {

namespace {

constexpr std::size_t readAtLeast = 16 * 1024;

/// The value of Content-Length in a head; nothing when it is absent.
std::optional<std::size_t> contentLength(std::string_view head)
{
    constexpr std::string_view name = "\r\ncontent-length:";
    for (std::size_t at = head.find("\r\n"); at != std::string_view::npos; at = head.find("\r\n", at + 2)) {
        const std::string_view line = head.substr(at);
        if (line.size() < name.size() || strncasecmp(line.data(), name.data(), name.size()) != 0)
            continue;
        const std::size_t digits = line.find_first_not_of(' ', name.size());
        std::size_t length = 0;
        if (digits == std::string_view::npos ||
            std::from_chars(line.data() + digits, line.data() + line.size(), length).ec != std::errc())
            return std::nullopt;
        return length;
    }
    return std::nullopt;
}

} // namespace

HttpConnection::HttpConnection(EventLoop& loop, const Endpoint& endpoint, unsigned source, OnAnswer onAnswer)
    : m_loop(loop)
    , m_socket(connectTo(endpoint, source))
    , m_onAnswer(std::move(onAnswer))
    , m_in(readAtLeast)
{
    m_loop.watch(m_socket.get(), EPOLLIN | EPOLLOUT, *this);
}

void HttpConnection::send()
{
    m_state = State::Waiting;
    m_written = 0;
    m_sent = Clock::now();
    write();
}

void HttpConnection::handle(std::uint32_t events)
{
    if (m_state == State::Broken)
        return;
    if ((events & (EPOLLERR | EPOLLHUP)) != 0)
        return fail();
    if ((events & EPOLLOUT) != 0) {
        if (m_state == State::Connecting)
            m_state = State::Idle;
        write();
    }
    if ((events & EPOLLIN) != 0 && m_state != State::Broken)
        read();
}

void HttpConnection::write()
{
    while (m_state == State::Waiting && m_written < m_request.size()) {
        const ssize_t sent =
            ::send(m_socket.get(), m_request.data() + m_written, m_request.size() - m_written, MSG_NOSIGNAL);
        if (sent < 0 && errno != EAGAIN)
            return fail();
        if (sent < 0)
            break;
        m_written += std::size_t(sent);
    }
    const bool wants = m_state == State::Waiting && m_written < m_request.size();
    if (wants != m_wantsToWrite) {
        m_wantsToWrite = wants;
        m_loop.change(m_socket.get(), wants ? EPOLLIN | EPOLLOUT : EPOLLIN, *this);
    }
}

void HttpConnection::read()
{
    if (m_in.size() - m_used < readAtLeast)
        m_in.resize(std::max(m_in.size() * 2, m_expected));
    const ssize_t got = recv(m_socket.get(), m_in.data() + m_used, m_in.size() - m_used, 0);
    if (got < 0 && errno == EAGAIN)
        return;
    if (got <= 0 || m_state != State::Waiting)
        return fail();
    const Clock::time_point now = Clock::now();
    m_used += std::size_t(got);
    if (m_expected == 0) {
        const std::string_view bytes(m_in.data(), m_used);
        const std::size_t end = bytes.find("\r\n\r\n");
        if (end == std::string_view::npos)
            return;
        m_headSize = end + 4;
        const std::string_view head = bytes.substr(0, end);
        const std::optional<std::size_t> length = contentLength(head);
        constexpr std::size_t statusAt = 9; // "HTTP/1.1 200"
        if (!length || head.size() < statusAt + 3)
            return fail();
        std::from_chars(head.data() + statusAt, head.data() + statusAt + 3, m_status);
        m_expected = m_headSize + *length;
    }
    if (m_used >= m_expected)
        takeAnswer(now);
}

void HttpConnection::takeAnswer(Clock::time_point now)
{
    const HttpAnswer answer{m_status, {m_in.data() + m_headSize, m_expected - m_headSize}, m_sent, now};
    m_state = State::Idle;
    m_used = 0;
    m_expected = 0;
    m_onAnswer(*this, answer);
}

void HttpConnection::fail()
{
    m_state = State::Broken;
    m_socket.close();
    m_onAnswer(*this, {});
}

} // namespace prism::bench
