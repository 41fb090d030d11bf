#include "server/realtime/web_socket.h"

#include <utility>

namespace prism::realtime {

using protocol::Opcode;
using protocol::WebSocketMessage;
using protocol::WebSocketReader;

namespace {

/// Frames are read as they arrive, whatever their length.
constexpr qsizetype readAhead = 16LL * 1024;

/// What one client sent is read in turns of so many frames, between which the others have theirs.
constexpr int framesAtATime = 100;

QByteArray shortHead(const QByteArray& key)
{
    return "GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
           "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " +
           key + "\r\n\r\n";
}

} // namespace

WebSocket::WebSocket(io::Descriptor descriptor, UpgradeRequest request, const Settings& settings)
    : m_request(std::move(request))
    , m_stream(std::move(descriptor), readAhead, nullptr, std::exchange(m_request.behind, {}))
    , m_reader(WebSocketReader::Peer::Client, settings.messageBytes)
    , m_intake(settings, Clock::now())
    , m_messageBytes(settings.messageBytes)
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
    m_socket->give(shortHead(std::exchange(m_request.key, {})));
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
    readOn();
}

void WebSocket::arrive()
{
    if (m_isReading && !m_readsOnLater)
        readOn();
    else if (m_stream.peerFinished() && isConnected() && m_stream.unread().isEmpty())
        m_socket->disconnectFromHost();
}

/// Everything that a client sends passes here, once and in order, before QWebSocket can read it.
void WebSocket::readOn()
{
    if (!isConnected())
        return;
    if (!m_stream.unread().isEmpty()) {
        m_lastHeard = Clock::now();
        emit heard();
    }
    for (int turn = 0; turn < framesAtATime && !m_stream.unread().isEmpty(); ++turn) {
        if (!readStep())
            return;
    }
    if (!m_stream.unread().isEmpty()) {
        m_readsOnLater = true;
        QMetaObject::invokeMethod(
            this,
            [this] {
                m_readsOnLater = false;
                readOn();
            },
            Qt::QueuedConnection);
    } else if (m_stream.peerFinished()) {
        m_socket->disconnectFromHost();
    }
}

/// False when nothing more is to be read.
bool WebSocket::readStep()
{
    if (m_isFlooded || !isConnected())
        return false;
    QByteArrayView rest = m_stream.unread();
    const qsizetype before = rest.size();
    const WebSocketReader::Step step = m_reader.read(rest);
    const qsizetype taken = before - rest.size();
    m_stream.consume(taken);
    if (!m_intake.take(1, taken, m_lastHeard) || (m_request.mayTakeFrame && !m_request.mayTakeFrame())) {
        m_isFlooded = true;
        emit flooded();
        return false;
    }
    if (step == WebSocketReader::Step::Message)
        takeIn(m_reader.takeMessage());
    else if (step == WebSocketReader::Step::Fault)
        close(m_reader.fault().code, m_reader.fault().reason);
    return isConnected();
}

/// A close is answered here: QWebSocket takes codes that are newer than itself for invalid ones.
void WebSocket::takeIn(const WebSocketMessage& message)
{
    switch (message.opcode) {
    case Opcode::Close:
        close(message.closeCode() == protocol::close_code::noCode ? protocol::close_code::normal
                                                                  : message.closeCode(),
              {});
        break;
    case Opcode::Text:
    case Opcode::Binary:
    case Opcode::Ping: {
        constexpr quint32 changesNothing = 0;
        m_socket->give(protocol::webSocketFrame(message.opcode, message.payload, changesNothing));
        break;
    }
    case Opcode::Pong:
    case Opcode::Continuation:
        break;
    }
}

void WebSocket::close(int code, const QString& reason)
{
    m_webSocket->close(QWebSocketProtocol::CloseCode(code), reason);
}

} // namespace prism::realtime
