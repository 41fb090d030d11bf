#include "tests/fuzz/http_exchange.h"

#include "tests/fuzz/fuzz.h"

#include <algorithm>
#include <array>
#include <sys/socket.h>
#include <unistd.h>

namespace prism::fuzz {

using http::Request;
using http::Response;
using http::Verdict;

namespace {

bool isToken(const QByteArray& text)
{
    return !text.isEmpty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 127; });
}

/// The method, path, query and the headers that the server itself looks at.
QByteArray headOf(const Request& request)
{
    QByteArray head = request.method + ' ' + request.path.toUtf8() + '?' + request.query.encoded();
    for (const char* name : {"host", "content-type", "content-length", "transfer-encoding", "accept-encoding",
                             "if-match", "if-none-match", "x-request-id", "expect", "connection"}) {
        const QByteArray value = request.header(name);
        const bool isLine = std::none_of(value.begin(), value.end(),
                                         [](char c) { return (c >= 0 && c < ' ' && c != '\t') || c == 127; });
        require(isLine, "a header's value has no control characters");
        head += '\n' + value;
    }
    return head;
}

/// Cuts what ends with `end` from the front of `bytes`.
QByteArray takeUntil(QByteArray& bytes, const char* end)
{
    const qsizetype at = bytes.indexOf(end);
    require(at >= 0, "an answer is whole");
    const QByteArray taken = bytes.left(at);
    bytes.remove(0, at + qsizetype(qstrlen(end)));
    return taken;
}

http::Limits limitsOf(qint64 headerBytes, qint64 bodyBytes, qint64 bulkBytes)
{
    http::Limits limits;
    limits.headerBytes = headerBytes;
    limits.bodyBytes = bodyBytes;
    limits.bulkBodyBytes = bulkBytes;
    return limits;
}

} // namespace

HttpExchange::HttpExchange(QAbstractEventDispatcher& dispatcher, Answers answers)
    : m_dispatcher(dispatcher)
    , m_answers(answers)
    , m_limits(limitsOf(mostHeaderBytes, mostBodyBytes, mostBulkBytes))
{
    std::array<int, 2> ends{-1, -1};
    require(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends.data()) == 0, "there are sockets");
    m_peer = ends[1];
    m_connection = std::make_unique<http::Connection>(
        io::Descriptor(ends[0]), std::make_shared<int>(),
        http::Connection::Shared{m_limits, *this, m_ids, m_encoder, m_budgets}, 1, 0, nullptr);
    QObject::connect(m_connection.get(), &http::Connection::requestReady, m_connection.get(),
                     [this](const Request& request) { takeRequest(request); });
    QObject::connect(m_connection.get(), &http::Connection::handedOver, m_connection.get(),
                     [this] { m_connection->leave(); });
    QObject::connect(m_connection.get(), &http::Connection::finished, m_connection.get(),
                     [this] { m_over = true; });
}

HttpExchange::~HttpExchange()
{
    m_connection.reset();
    ::close(m_peer);
}

void HttpExchange::send(const QByteArray& bytes)
{
    if (m_over)
        return;
    const ssize_t sent = ::send(m_peer, bytes.constData(), std::size_t(bytes.size()), MSG_NOSIGNAL);
    require(sent == bytes.size(), "the socket takes what is sent");
    settle();
}

void HttpExchange::finish()
{
    ::shutdown(m_peer, SHUT_WR);
    settle();
    require(m_over, "a connection ends when its peer has nothing more to say");
    if (!m_handedOver)
        requireAnswers();
}

/// Nothing is going on any more when several turns of the event loop in a row found nothing to do.
void HttpExchange::settle()
{
    constexpr int idleTurns = 2;
    for (int idle = 0; idle < idleTurns;) {
        idle = m_dispatcher.processEvents(QEventLoop::AllEvents) ? 0 : idle + 1;
        receive();
        if (m_waiting) {
            const Response response = *std::exchange(m_waiting, std::nullopt);
            m_connection->respond(response);
            idle = 0;
        }
    }
}

void HttpExchange::receive()
{
    std::array<char, 4096> bytes{};
    for (;;) {
        const ssize_t received = ::recv(m_peer, bytes.data(), bytes.size(), 0);
        if (received <= 0)
            return;
        m_received.append(bytes.data(), received);
    }
}

Verdict HttpExchange::admit(Request& head)
{
    require(!m_over && !m_waiting, "one request at a time");
    require(isToken(head.method), "a method is a token");
    require(head.path.startsWith(QLatin1Char('/')) || head.path == QLatin1String("*"),
            "a path begins with a slash");
    require(isToken(head.id.toLatin1()) && head.id.size() <= 128, "a request has a sane id");
    require(head.body.isEmpty(), "the head comes before the body");
    require(!head.headers.contains("content-length") || !head.headers.contains("transfer-encoding"),
            "a body has one length");
    if (head.path == QLatin1String("/ws"))
        return Verdict::upgrade(
            [this, method = head.method](const http::HandedOver& left) { takeOver(left, method); });
    if (head.path == QLatin1String("/refused"))
        return Verdict::refuse(Response{404, "text/plain", "no"});
    m_bodyLimit = head.path == QLatin1String("/bulk") ? m_limits.bulkBodyBytes : m_limits.bodyBytes;
    return Verdict::read(m_bodyLimit);
}

void HttpExchange::takeRequest(const Request& request)
{
    require(request.body.size() <= m_bodyLimit, "a body is within its limit");
    const QByteArray length = request.header("content-length");
    if (!length.isEmpty())
        require(length.toLongLong() == request.body.size(), "a body is as long as was said");
    else if (!request.headers.contains("transfer-encoding"))
        require(request.body.isEmpty(), "a body has a length");
    m_requests.append(headOf(request) + '\n' + request.body);
    handle(request, [this](http::Answer answer) {
        const Response response = answer.take();
        if (m_answers == Answers::AtOnce)
            m_connection->respond(response);
        else
            m_waiting = response;
    });
}

void HttpExchange::handle(const Request& request, http::Reply reply)
{
    if (request.path == QLatin1String("/empty"))
        reply(Response{204, {}, {}});
    else if (request.path == QLatin1String("/same"))
        reply(Response{304, {}, {}, {{"ETag", "\"1\""}}});
    else if (request.path == QLatin1String("/long"))
        reply(Response{200, "text/plain", QByteArray(2000, 'x')});
    else
        reply(Response{200, "text/plain", request.body});
}

Response HttpExchange::refusal(int status, const QString& reason, const QString& requestId)
{
    require(!reason.isEmpty() && !requestId.isEmpty(), "a refusal says why, and to which request");
    return {status, "text/plain", reason.toUtf8()};
}

http::Headers HttpExchange::commonHeaders(const Request&)
{
    return {{"X-Common", "1"}};
}

void HttpExchange::answered(const Request& request, int status, std::chrono::nanoseconds)
{
    m_answered.push_back({request.method, status});
}

/// Whoever takes over finds the head unread.
void HttpExchange::takeOver(const http::HandedOver& left, const QByteArray& method)
{
    require(left.unread.contains("\r\n\r\n") && left.unread.startsWith(method),
            "a head that is handed over is whole");
    m_handedOver = true;
    m_over = true;
}

/// The bytes received are one well-formed answer for each that was given, in order, and nothing else.
void HttpExchange::requireAnswers() const
{
    QByteArray rest = m_received;
    for (const auto& [method, status] : m_answered) {
        while (rest.startsWith("HTTP/1.1 100 "))
            takeUntil(rest, "\r\n\r\n");
        const QByteArray head = takeUntil(rest, "\r\n\r\n") + "\r\n";
        require(head.startsWith("HTTP/1.1 " + QByteArray::number(status) + ' '), "answers come in order");
        require(head.count('\n') == head.count("\r\n") && head.count('\r') == head.count('\n'),
                "an answer's lines end as they must");
        require(head.contains("\r\nX-Request-Id: ") && head.contains("\r\nX-Common: 1\r\n"),
                "an answer has its headers");
        const qsizetype at = head.indexOf("\r\nContent-Length: ");
        require((at < 0) == (status == 204 || status == 304), "an answer with a body says how long it is");
        if (at < 0 || method == "HEAD")
            continue;
        const qsizetype length = head.mid(at + 18, head.indexOf('\r', at + 18) - at - 18).toLongLong();
        require(length >= 0 && length <= rest.size(), "an answer is whole");
        rest.remove(0, length);
    }
    while (rest.startsWith("HTTP/1.1 100 "))
        takeUntil(rest, "\r\n\r\n");
    require(rest.isEmpty(), "nothing is sent that is no answer");
}

} // namespace prism::fuzz
