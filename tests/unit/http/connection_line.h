#pragma once

#include "server/http/connection.h"
#include "tests/support/http_response.h"

#include <array>
#include <cerrno>
#include <sys/socket.h>
#include <unistd.h>

namespace prism::test {

constexpr qsizetype large = 4LL * 1024 * 1024; ///< more than the kernel holds for a pair of sockets

inline QByteArray get(const QByteArray& path)
{
    return "GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n";
}

/// Answers by path, and notes what it was asked.
class Clerk : public http::Handler
{
public:
    http::Verdict admit(http::Request& head) override
    {
        const auto takeOver = [this](http::HandedOver left) { handedOver.push_back(std::move(left)); };
        if (head.path == u"/ws")
            return http::Verdict::upgrade(takeOver);
        if (head.path == u"/stream")
            return http::Verdict::stream("text/event-stream", takeOver);
        return http::Verdict::read(32LL * 1024 * 1024);
    }

    void handle(const http::Request& request, http::Reply reply) override
    {
        requests.append(request);
        if (request.path == u"/later")
            waiting.append(reply);
        else
            reply(answer(request));
    }

    static http::Response answer(const http::Request& request)
    {
        http::Response response;
        response.contentType = "application/octet-stream";
        response.body = request.path.startsWith(u"/large")
                            ? QByteArray(large, 'x')
                            : request.path.toLatin1() + ' ' + QByteArray::number(request.body.size());
        return response;
    }

    http::Response refusal(int status, const QString& reason, const QString&) override
    {
        return {status, "text/plain", reason.toLatin1()};
    }
    http::Headers commonHeaders(const http::Request&) override { return {}; }
    void answered(const http::Request&, int status, std::chrono::nanoseconds) override
    {
        statuses.append(status);
    }
    void drain() override {}

    QList<http::Request> requests;
    QList<http::Reply> waiting;
    QList<int> statuses;
    std::vector<http::HandedOver> handedOver;
};

/// A connection with its other end in hand.
struct Line
{
    Line(const http::Connection::Shared& shared, bool isSpare)
    {
        std::array<int, 2> ends{-1, -1};
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends.data()) != 0)
            qFatal("there are no sockets");
        peer = ends[1];
        if (!isSpare)
            ticket = std::make_shared<int>();
        connection =
            std::make_unique<http::Connection>(io::Descriptor(ends[0]), ticket, shared, 1, 0, nullptr);
        QObject::connect(
            connection.get(), &http::Connection::requestReady, connection.get(),
            [this, handler = &shared.handler](const http::Request& request) {
                handler->handle(request, [this](http::Answer answer) { connection->respond(answer.take()); });
            });
        QObject::connect(connection.get(), &http::Connection::handedOver, connection.get(),
                         [this] { connection->leave(); });
        QObject::connect(connection.get(), &http::Connection::finished, connection.get(),
                         [this] { over = true; });
    }

    ~Line()
    {
        connection.reset();
        ::close(peer);
    }

    Q_DISABLE_COPY_MOVE(Line)

    /// How much of it was taken.
    qsizetype send(const QByteArray& bytes) const
    {
        qsizetype sent = 0;
        while (sent < bytes.size()) {
            const ssize_t taken = ::send(peer, bytes.constData() + sent, std::size_t(bytes.size() - sent),
                                         MSG_NOSIGNAL | MSG_DONTWAIT);
            if (taken <= 0)
                break;
            sent += taken;
        }
        return sent;
    }

    /// Takes what has arrived by now, `most` bytes of it.
    qsizetype read(qsizetype most = std::numeric_limits<qsizetype>::max())
    {
        qsizetype taken = 0;
        std::array<char, 64 * 1024> part{};
        while (taken < most) {
            const ssize_t got =
                ::recv(peer, part.data(), std::min(part.size(), std::size_t(most - taken)), MSG_DONTWAIT);
            if (got <= 0) {
                isToldTheEnd = got == 0;
                isReset = got < 0 && errno != EAGAIN;
                break;
            }
            received.append(part.data(), got);
            taken += got;
        }
        return taken;
    }

    std::optional<HttpResponse> take() { return takeResponse(received); }

    http::ConnectionQuota::Ticket ticket;
    std::unique_ptr<http::Connection> connection;
    int peer = -1;
    bool over = false;
    QByteArray received;
    bool isToldTheEnd = false;
    bool isReset = false;
};

} // namespace prism::test
