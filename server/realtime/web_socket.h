#pragma once

#include "server/realtime/stream_socket.h"

#include <QPointer>
#include <QWebSocket>
#include <QWebSocketServer>

#include <chrono>
#include <memory>

namespace prism::realtime {

/// One connection that speaks WebSocket. QtWebSockets does the handshake, pings, closes and all reading, and
/// this is the only place in the server that knows of it; events are written past it, to stream(). Owns the
/// stream. Lives on one thread.
///
/// What it works around:
/// - A QWebSocketServer does not say which socket a QWebSocket came of: each handshake has a server of
///   its own, which listens nowhere and goes when the handshake is done.
/// - That server takes whatever is there for the request's head and forgets what stands behind it: until
///   the handshake is done it is shown the head alone, and afterwards QWebSocket the rest.
/// - QWebSocket takes any frame and any text: all that arrives goes through letThrough() before it can
///   read it.
/// - It has no time limit for a handshake, nor for the answer to a close: its owner has, and calls abort().
/// - It closes at once after its own close frame, whatever else waits: StreamSocket sends all of it first.
/// - Who deletes the socket under a QWebSocket depends on how the handshake ended: it is deleted here
///   unless Qt was quicker.
class WebSocket : public QObject
{
    Q_OBJECT

public:
    using Clock = std::chrono::steady_clock;

    /// `received` was read of the connection: the whole head of a request for an upgrade, and perhaps what
    /// came right behind it. Messages and frames over `messageBytes` end the connection.
    WebSocket(io::Descriptor descriptor, const QByteArray& received, qint64 messageBytes);

    /// A client that is still there is told with 1001.
    ~WebSocket() override;

    /// Answers the request. opened() or closed() follows.
    void shakeHands();

    io::Stream& stream() { return m_stream; }

    /// After opened().
    QUrl requestUrl() const { return m_webSocket->requestUrl(); }

    /// After opened(): has QWebSocket read what has arrived and what will.
    void beginReading();

    /// When anything arrived last.
    Clock::time_point lastHeard() const { return m_lastHeard; }

    void ping() { m_webSocket->ping(); }

    /// Sends a close frame behind all that waits, then ends; closed() follows. `code` is a close frame's.
    void close(int code, const QString& reason);

    /// Ends at once; closed() is emitted.
    void abort() { m_socket->end(); }

signals:
    /// The handshake is done.
    void opened();

    void textReceived(const QString& text);
    void binaryReceived();

    /// Something has arrived and is about to be read.
    void heard();

    /// A close frame has been sent, by close() or because of what the client sent.
    void closing();

    /// The connection has ended.
    void closed();

private:
    void finishHandshake();
    void arrive();
    void letThrough(QByteArrayView arrived);

    io::Stream m_stream;
    const qint64 m_messageBytes;
    QPointer<StreamSocket> m_socket;
    std::unique_ptr<QWebSocketServer> m_handshake;
    std::unique_ptr<QWebSocket> m_webSocket;
    bool m_isReading = false;
    Clock::time_point m_lastHeard;
};

} // namespace prism::realtime
