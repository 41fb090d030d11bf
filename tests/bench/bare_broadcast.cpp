/// bare_broadcast BYTES: the least a server can do, which others are compared with. Accepts WebSocket
/// handshakes and requests on epoll, and for each POST sends one frame with a payload of BYTES to every
/// client by a plain loop of send(2): one thread, nothing stored, nothing encoded but the name out of the
/// request, and nothing kept that a client does not take at once.
#include "tests/bench/event_loop.h"
#include "tests/bench/ws_frame.h"

#include <QCryptographicHash>

#include <algorithm>
#include <arpa/inet.h>
#include <cstdio>
#include <cstring>
#include <memory>
#include <netinet/tcp.h>
#include <string>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unordered_map>

using namespace prism::bench;

namespace {

void sendAll(int socket, std::string_view bytes)
{
    (void)::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
}

std::string acceptKey(std::string_view head)
{
    constexpr std::string_view name = "Sec-WebSocket-Key: ";
    const std::size_t at = head.find(name);
    if (at == std::string_view::npos)
        return {};
    std::string key(head.substr(at + name.size(), head.find("\r\n", at) - at - name.size()));
    key += "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"; // RFC 6455, section 4.2.2
    return QCryptographicHash::hash(QByteArrayView(key), QCryptographicHash::Sha1).toBase64().toStdString();
}

/// Where everything is: the clients, and what they are sent.
class Broadcast
{
public:
    explicit Broadcast(std::size_t payloadBytes)
        : m_payload(payloadBytes, ' ')
    {
        const std::string_view start = R"({"type":"analytics:record:created","data":")";
        m_payload.replace(0, std::min(start.size(), m_payload.size()), start);
        m_nameAt = start.size();
    }

    void send(std::string_view body)
    {
        const std::size_t name = body.find(R"("name":")");
        const std::string_view value =
            name == std::string_view::npos ? std::string_view() : body.substr(name + 8, 60);
        m_payload.replace(m_nameAt, value.size(), value);
        const std::string frame = serverTextFrame(m_payload);
        for (const int client : m_clients)
            sendAll(client, frame);
    }

    void add(int client) { m_clients.push_back(client); }
    void remove(int client) { std::erase(m_clients, client); }

private:
    std::string m_payload;
    std::size_t m_nameAt = 0;
    std::vector<int> m_clients;
};

/// One connection, of either kind.
class Connection : public SocketHandler
{
public:
    Connection(int socket, Broadcast& broadcast)
        : m_socket(socket)
        , m_broadcast(broadcast)
    {
    }

    void handle(std::uint32_t) override
    {
        char part[16 * 1024];
        const ssize_t got = recv(m_socket.get(), part, sizeof part, MSG_DONTWAIT);
        if (got <= 0) {
            if (m_isClient)
                m_broadcast.remove(m_socket.get());
            return m_socket.close();
        }
        if (m_isClient)
            return;
        m_in.append(part, std::size_t(got));
        while (takeRequest()) {
        }
    }

private:
    bool takeRequest()
    {
        const std::size_t headEnd = m_in.find("\r\n\r\n");
        if (headEnd == std::string::npos)
            return false;
        const std::string_view head(m_in.data(), headEnd + 2);
        if (const std::string key = acceptKey(head); !key.empty()) {
            sendAll(m_socket.get(), "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                                    "Connection: Upgrade\r\nSec-WebSocket-Accept: " +
                                        key + "\r\n\r\n");
            sendAll(m_socket.get(), serverTextFrame(R"({"type":"connected"})"));
            m_isClient = true;
            m_broadcast.add(m_socket.get());
            m_in = {};
            return false;
        }
        constexpr std::string_view lengthName = "Content-Length: ";
        const std::size_t lengthAt = head.find(lengthName);
        const std::size_t length = lengthAt == std::string_view::npos
                                       ? 0
                                       : std::stoul(m_in.substr(lengthAt + lengthName.size(), 12));
        const std::size_t size = headEnd + 4 + length;
        if (m_in.size() < size)
            return false;
        if (head.starts_with("POST"))
            m_broadcast.send(std::string_view(m_in).substr(headEnd + 4, length));
        sendAll(m_socket.get(), "HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\n{}");
        m_in.erase(0, size);
        return true;
    }

    FileDescriptor m_socket;
    Broadcast& m_broadcast;
    bool m_isClient = false;
    std::string m_in;
};

/// Accepts connections and keeps them to the end of the process, closed ones as well.
class Listener : public SocketHandler
{
public:
    Listener(EventLoop& loop, Broadcast& broadcast)
        : m_loop(loop)
        , m_broadcast(broadcast)
        , m_socket(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0))
    {
        constexpr int backlog = 4096;
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (bind(m_socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
            listen(m_socket.get(), backlog) != 0)
            throw BenchError("cannot listen");
        m_loop.watch(m_socket.get(), EPOLLIN, *this);
    }

    int port() const
    {
        sockaddr_in address{};
        socklen_t size = sizeof address;
        getsockname(m_socket.get(), reinterpret_cast<sockaddr*>(&address), &size);
        return ntohs(address.sin_port);
    }

    void handle(std::uint32_t) override
    {
        const int on = 1;
        int accepted = -1;
        while ((accepted = accept4(m_socket.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
            setsockopt(accepted, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
            m_connections.push_back(std::make_unique<Connection>(accepted, m_broadcast));
            m_loop.watch(accepted, EPOLLIN, *m_connections.back());
        }
    }

private:
    EventLoop& m_loop;
    Broadcast& m_broadcast;
    FileDescriptor m_socket;
    std::vector<std::unique_ptr<Connection>> m_connections;
};

} // namespace

int main(int argc, char* argv[])
{
    const int payloadBytes = argc == 2 ? std::atoi(argv[1]) : 0;
    if (payloadBytes < 128 || payloadBytes > 65535) {
        std::fputs("usage: bare_broadcast BYTES, from 128 to 65535\n", stderr);
        return 2;
    }
    try {
        EventLoop loop;
        Broadcast broadcast{std::size_t(payloadBytes)};
        const Listener listener(loop, broadcast);
        std::printf("ready http=http://127.0.0.1:%d ws=ws://127.0.0.1:%d/ws\n", listener.port(),
                    listener.port());
        std::fflush(stdout);
        loop.runUntil(Clock::time_point::max(), [] { return false; });
    } catch (const BenchError& error) {
        std::fprintf(stderr, "bare_broadcast: %s\n", error.what());
        return 1;
    }
    return 0;
}
