#include "server/http/listener.h"

#include "server/http/log.h"
#include "shared/protocol/try.h"

#include <cerrno>
#include <cstring>
#include <netinet/in.h>
#include <sys/socket.h>

namespace prism::http {

using protocol::Error;
using protocol::ErrorCode;
using protocol::Failure;
using protocol::Result;

namespace {

/// Those who wait to be accepted.
constexpr int backlog = 4096;

/// How many are accepted before whatever else waits for the event loop has its turn.
constexpr int acceptedAtATime = 256;

constexpr std::chrono::milliseconds restInterval{100};
constexpr std::chrono::seconds tellInterval{10};

Failure failureOf(int error)
{
    return Failure(Error{ErrorCode::Unavailable, qt_error_string(error)});
}

/// The system has nothing left for a connection; every other error is that of one which went away meanwhile.
bool isShortage(int error)
{
    return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM;
}

/// A socket's address as the system has it.
struct Address
{
    Address(const QHostAddress& host, quint16 port)
    {
        if (host.protocol() == QAbstractSocket::IPv4Protocol) {
            auto* const v4 = reinterpret_cast<sockaddr_in*>(&storage);
            v4->sin_family = AF_INET;
            v4->sin_port = htons(port);
            v4->sin_addr.s_addr = htonl(host.toIPv4Address());
            size = sizeof *v4;
            return;
        }
        auto* const v6 = reinterpret_cast<sockaddr_in6*>(&storage);
        const Q_IPV6ADDR bytes = host.toIPv6Address();
        v6->sin6_family = AF_INET6;
        v6->sin6_port = htons(port);
        v6->sin6_scope_id = host.scopeId().toUInt();
        std::memcpy(&v6->sin6_addr, &bytes, sizeof bytes);
        size = sizeof *v6;
    }

    const sockaddr* any() const { return reinterpret_cast<const sockaddr*>(&storage); }
    sockaddr* any() { return reinterpret_cast<sockaddr*>(&storage); }

    sockaddr_storage storage{};
    socklen_t size = 0;
};

} // namespace

Listener::Listener(Sink sink, QObject* parent)
    : QObject(parent)
    , m_sink(std::move(sink))
{
    m_resting.setSingleShot(true);
    connect(&m_resting, &QTimer::timeout, this, [this] { m_notifier->setEnabled(true); });
}

Listener::~Listener()
{
    close();
}

Result<void> Listener::listen(const QHostAddress& address, quint16 port)
{
    Address wanted(address, port);
    const int on = 1;
    io::Descriptor socket(::socket(wanted.any()->sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!socket.isOpen())
        return failureOf(errno);
    ::setsockopt(socket.number(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (wanted.any()->sa_family == AF_INET6)
        ::setsockopt(socket.number(), IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
    if (::bind(socket.number(), wanted.any(), wanted.size) != 0 || ::listen(socket.number(), backlog) != 0 ||
        ::getsockname(socket.number(), wanted.any(), &wanted.size) != 0)
        return failureOf(errno);
    m_socket = std::move(socket);
    m_address = address;
    m_port = ntohs(wanted.any()->sa_family == AF_INET6
                       ? reinterpret_cast<const sockaddr_in6*>(&wanted.storage)->sin6_port
                       : reinterpret_cast<const sockaddr_in*>(&wanted.storage)->sin_port);
    await();
    return {};
}

Result<void> Listener::listen(const QString& path)
{
    io::Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!socket.isOpen())
        return failureOf(errno);
    PRISM_TRY_ASSIGN(m_file, SocketFile::listen(socket, path, backlog));
    m_socket = std::move(socket);
    await();
    return {};
}

void Listener::await()
{
    m_notifier = std::make_unique<QSocketNotifier>(m_socket.number(), QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &Listener::acceptSome);
}

void Listener::close()
{
    m_resting.stop();
    m_notifier.reset();
    m_file.remove();
    m_socket.close();
}

/// The sink may close this.
void Listener::acceptSome()
{
    for (int i = 0; i < acceptedAtATime && m_socket.isOpen(); ++i) {
        const int accepted = ::accept4(m_socket.number(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
        if (accepted >= 0) {
            m_sink(io::Descriptor::accepted(accepted));
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            return;
        } else if (isShortage(errno)) {
            rest(errno);
            return;
        }
    }
}

/// The socket stays readable all the while, so it is not looked at. What is said of it is said every few
/// seconds.
void Listener::rest(int error)
{
    m_notifier->setEnabled(false);
    m_resting.start(restInterval);
    const quint64 failures = m_failures.fetch_add(1, std::memory_order_relaxed) + 1;
    const Clock::time_point now = Clock::now();
    if (m_told && now - *m_told < tellInterval)
        return;
    qCWarning(lcHttp).noquote() << "connections have to wait:" << qt_error_string(error) << '('
                                << failures - std::exchange(m_failuresTold, failures) << "times )";
    m_told = now;
}

} // namespace prism::http
