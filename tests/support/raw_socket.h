#pragma once

#include "tests/support/http_response.h"

#include <QHostAddress>
#include <QSslConfiguration>
#include <QTcpSocket>

#include <memory>

namespace prism::test {

/// Bytes out, bytes in, blocking: for requests that no well-behaved client would send. Needs no event loop;
/// usable on any one thread.
class RawSocket
{
public:
    /// Connects to 127.0.0.1, from another address where one is given; see isConnected().
    explicit RawSocket(quint16 port, const QHostAddress& from = QHostAddress());

    /// Connects to the Unix socket at this path.
    explicit RawSocket(const QString& path);

    /// The same under TLS, as a client that is configured so; not connected where there is no agreement.
    RawSocket(quint16 port, const QSslConfiguration& tls, const QHostAddress& from = QHostAddress());

    bool isConnected() const { return m_socket->state() == QAbstractSocket::ConnectedState; }

    /// False when the peer has gone.
    bool write(const QByteArray& bytes);

    /// The next answer; status 0 when none came before the deadline or the connection ended.
    HttpResponse readResponse(int timeoutMs = 5'000, bool toHead = false);

    /// Everything until the peer closes; see isConnected() for whether it did.
    QByteArray readAll(int timeoutMs = 5'000);

    /// At least `size` bytes, unless the deadline comes or the connection ends first.
    QByteArray readAtLeast(qsizetype size, int timeoutMs = 5'000);

    /// True once the peer has closed the connection; what it sent before is kept for the reading functions.
    bool waitForClosed(int timeoutMs = 5'000);

    /// Closes the sending half only.
    void finishWriting();

    /// Ends the connection with a reset instead of a goodbye.
    void abort();

    QTcpSocket& socket() { return *m_socket; }

private:
    bool waitForMore(int timeoutMs);

    std::unique_ptr<QTcpSocket> m_socket;
    QByteArray m_buffer;
};

} // namespace prism::test
