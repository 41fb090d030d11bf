#include "server/realtime/web_socket.h"

namespace prism::realtime {

namespace {

/// A frame is read when all of it is there; its head has at most so many bytes (RFC 6455, section 5.2).
constexpr qsizetype longestFrameHead = 14;

} // namespace

WebSocket::WebSocket(io::Descriptor descriptor, const QByteArray& received, qint64 messageBytes)
    : m_stream(std::move(descriptor), messageBytes + longestFrameHead, nullptr, received)
    , m_messageBytes(messageBytes)
    , m_socket(new StreamSocket(m_stream))
    , m_handshake(std::make_unique<QWebSocketServer>(QString(), QWebSocketServer::NonSecureMode))
    , m_lastHeard(Clock::now())
{
    connect(&m_stream, &io::Stream::readable, this, &WebSocket::arrive);
    connect(m_socket, &StreamSocket::disconnected, this, &WebSocket::closed);
    connect(m_handshake.get(), &QWebSocketServer::newConnection, this, &WebSocket::finishHandshake);
}

void WebSocket::shakeHands()
{
    constexpr QByteArrayView endOfHead("\r\n\r\n");
    m_socket->pass(m_stream.unread().indexOf(endOfHead) + endOfHead.size());
    m_handshake->handleConnection(m_socket);
}

WebSocket::~WebSocket()
{
    if (m_socket)
        m_socket->disconnect(this);
    if (m_webSocket)
        m_webSocket->disconnect(this);
    m_webSocket.reset();
    m_handshake.reset();
    delete m_socket.data();
}

/// Called by the server, which goes when it has returned.
void WebSocket::finishHandshake()
{
    m_webSocket.reset(m_handshake->nextPendingConnection());
    m_webSocket->setParent(nullptr);
    m_handshake.release()->deleteLater();
    m_webSocket->setMaxAllowedIncomingMessageSize(quint64(m_messageBytes));
    m_webSocket->setMaxAllowedIncomingFrameSize(quint64(m_messageBytes));
    connect(m_webSocket.get(), &QWebSocket::textMessageReceived, this, &WebSocket::textReceived);
    connect(m_webSocket.get(), &QWebSocket::binaryMessageReceived, this, &WebSocket::binaryReceived);
    connect(m_webSocket.get(), &QWebSocket::aboutToClose, this, &WebSocket::closing);
    m_socket->releaseBuffers();
    emit opened();
}

void WebSocket::beginReading()
{
    m_isReading = true;
    if (const QByteArrayView behind = m_stream.unread(); !behind.isEmpty())
        letThrough(behind);
}

void WebSocket::arrive()
{
    const bool isOver = m_socket->state() != QAbstractSocket::ConnectedState;
    if (isOver)
        return;
    const QByteArrayView arrived = m_stream.unread().sliced(m_socket->passed());
    if (m_isReading && !arrived.isEmpty())
        letThrough(arrived);
    if (m_stream.peerFinished())
        m_socket->disconnectFromHost();
}

/// Everything that a client sends passes here, once and in order, before QWebSocket can read it.
void WebSocket::letThrough(QByteArrayView arrived)
{
    m_lastHeard = Clock::now();
    emit heard();
    m_socket->pass(arrived.size());
}

void WebSocket::close(int code, const QString& reason)
{
    m_webSocket->close(QWebSocketProtocol::CloseCode(code), reason);
}

} // namespace prism::realtime
