#pragma once

#include "server/realtime/intake.h"
#include "server/realtime/stream_socket.h"
#include "server/realtime/upgrade_request.h"
#include "shared/protocol/web_socket_reader.h"

#include <QPointer>
#include <QWebSocket>
#include <QWebSocketServer>

#include <chrono>
#include <memory>

namespace prism::realtime {

/// One connection that speaks WebSocket. QtWebSockets does the handshake, pings, closes and what is in
/// messages, and this is the only place in the server that knows of it; events are written past it, to
/// stream(). Owns the stream. Lives on one thread.
///
/// What it works around:
/// - A QWebSocketServer does not say which socket a QWebSocket came of: each handshake has a server of
///   its own, which listens nowhere and goes when the handshake is done.
/// - That server has limits of its own for a request's head, which has been read before: it is shown one that
///   says the same in short.
/// - QWebSocket takes frames that are not masked, does not count them, and takes a character that two frames
///   share for none: a WebSocketReader reads all that arrives, and QWebSocket whole
///   messages of one frame each.
/// - It has no time limit for a handshake, nor for the answer to a close: its owner has, and calls abort().
/// - It closes at once after its own close frame, whatever else waits: StreamSocket sends all of it first.
/// - Who deletes the socket under a QWebSocket depends on how the handshake ended: it is deleted here
///   unless Qt was quicker.
class WebSocket : public QObject
{
    Q_OBJECT

public:
    using Clock = std::chrono::steady_clock;

    WebSocket(io::Descriptor descriptor, UpgradeRequest request, const Settings& settings);

    /// A client that is still there is told with 1001.
    ~WebSocket() override;

    /// Answers the request. opened() or closed() follows.
    void shakeHands();

    io::Stream& stream() { return m_stream; }

    /// The request's.
    const QByteArray& query() const { return m_request.query; }

    /// After opened(): reads what has arrived and what will.
    void beginReading();

    /// When anything arrived last.
    Clock::time_point lastHeard() const { return m_lastHeard; }

    void ping() { m_webSocket->ping(); }

    /// Sends a close frame behind all that waits, and ends when the client has finished too; closed() follows
    /// then. `code` is a close frame's.
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

    /// The client sends more than it may. What it sent is not read any more.
    void flooded();

    /// A close frame has been sent, by close() or because of what the client sent.
    void closing();

    /// The connection has ended.
    void closed();

private:
    void finishHandshake();
    void arrive();
    void readOn();
    bool readStep();
    void takeIn(const protocol::WebSocketMessage& message);
    bool isConnected() const { return m_socket && m_socket->state() == QAbstractSocket::ConnectedState; }

    UpgradeRequest m_request;
    io::Stream m_stream;
    protocol::WebSocketReader m_reader;
    Intake m_intake;
    const qint64 m_messageBytes;
    QPointer<StreamSocket> m_socket;
    std::unique_ptr<QWebSocketServer> m_handshake;
    std::unique_ptr<QWebSocket> m_webSocket;
    bool m_isReading = false;
    bool m_readsOnLater = false;
    bool m_isFlooded = false;
    Clock::time_point m_lastHeard;
};

} // namespace prism::realtime
