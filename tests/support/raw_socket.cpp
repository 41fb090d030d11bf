#include "tests/support/raw_socket.h"

#include <QDeadlineTimer>
#include <QFile>
#include <QSslSocket>

#include <cstring>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace prism::test {

RawSocket::RawSocket(quint16 port, const QHostAddress& from)
    : m_socket(std::make_unique<QTcpSocket>())
{
    if (!from.isNull())
        m_socket->bind(from);
    m_socket->connectToHost(QStringLiteral("127.0.0.1"), port);
    m_socket->waitForConnected(5'000);
}

RawSocket::RawSocket(const QString& path)
    : m_socket(std::make_unique<QTcpSocket>())
{
    const QByteArray name = QFile::encodeName(path);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, name.constData(),
                std::min(std::size_t(name.size()), sizeof address.sun_path - 1));
    const int descriptor = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0)
        m_socket->setSocketDescriptor(descriptor);
    else
        ::close(descriptor);
}

RawSocket::RawSocket(quint16 port, const QSslConfiguration& tls, const QHostAddress& from)
{
    auto socket = std::make_unique<QSslSocket>();
    if (!from.isNull())
        socket->bind(from);
    socket->setSslConfiguration(tls);
    socket->connectToHostEncrypted(QStringLiteral("127.0.0.1"), port);
    if (!socket->waitForEncrypted(10'000))
        socket->abort();
    m_socket = std::move(socket);
}

bool RawSocket::write(const QByteArray& bytes)
{
    if (m_socket->write(bytes) != bytes.size())
        return false;
    while (m_socket->bytesToWrite() > 0) {
        if (!m_socket->waitForBytesWritten(5'000))
            return false;
    }
    return true;
}

HttpResponse RawSocket::readResponse(int timeoutMs, bool toHead)
{
    const QDeadlineTimer deadline(timeoutMs);
    while (true) {
        if (auto response = takeResponse(m_buffer, toHead))
            return *response;
        if (!waitForMore(int(deadline.remainingTime())))
            return takeResponse(m_buffer, toHead, !isConnected()).value_or(HttpResponse());
    }
}

QByteArray RawSocket::readAll(int timeoutMs)
{
    waitForClosed(timeoutMs);
    return std::exchange(m_buffer, {});
}

QByteArray RawSocket::readAtLeast(qsizetype size, int timeoutMs)
{
    const QDeadlineTimer deadline(timeoutMs);
    while (m_buffer.size() < size && waitForMore(int(deadline.remainingTime()))) {
    }
    return std::exchange(m_buffer, {});
}

bool RawSocket::waitForClosed(int timeoutMs)
{
    const QDeadlineTimer deadline(timeoutMs);
    while (waitForMore(int(deadline.remainingTime()))) {
    }
    return !isConnected();
}

void RawSocket::finishWriting()
{
    ::shutdown(int(m_socket->socketDescriptor()), SHUT_WR);
}

void RawSocket::abort()
{
    const linger none{1, 0};
    ::setsockopt(int(m_socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &none, sizeof none);
    m_socket->abort();
}

bool RawSocket::waitForMore(int timeoutMs)
{
    // Waiting for a write reads too, and what was read then is not reported again.
    if (m_socket->bytesAvailable() == 0 && isConnected())
        m_socket->waitForReadyRead(timeoutMs);
    const QByteArray more = m_socket->readAll();
    m_buffer += more;
    return !more.isEmpty();
}

} // namespace prism::test
