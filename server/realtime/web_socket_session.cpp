#include "server/realtime/web_socket_session.h"

#include <QJsonArray>
#include <QTimer>
#include <QUrlQuery>

namespace prism::realtime {

using protocol::Error;
using protocol::ErrorCode;
using protocol::Result;
using protocol::Seq;
namespace message_type = protocol::message_type;

namespace {

/// A client that asks faster than it reads its answers is cut off beyond this.
constexpr qint64 mostUnreadAnswers = 1024LL * 1024;

} // namespace

WebSocketSession::WebSocketSession(std::unique_ptr<QWebSocket> webSocket, Transport* transport,
                                   const Context& context, QObject* parent)
    : Session(context, Encoding::WebSocket, int(transport->socketDescriptor()), parent)
    , m_webSocket(std::move(webSocket))
    , m_transport(transport)
    , m_lastHeard(Clock::now())
    , m_lastPing(m_lastHeard)
{
    m_webSocket->setMaxAllowedIncomingMessageSize(quint64(context.settings.messageBytes));
    m_webSocket->setMaxAllowedIncomingFrameSize(quint64(context.settings.messageBytes));
    connect(m_webSocket.get(), &QWebSocket::textMessageReceived, this, &WebSocketSession::onText);
    connect(m_webSocket.get(), &QWebSocket::binaryMessageReceived, this, [this] {
        tellError({ErrorCode::NotJson, QStringLiteral("Messages are JSON in text frames, not binary."), {}});
    });
    connect(m_webSocket.get(), &QWebSocket::disconnected, this, &Session::finished);
    // A client that broke the protocol is closed by QWebSocket, which would wait for its answer for ever.
    connect(m_webSocket.get(), &QWebSocket::aboutToClose, this, &WebSocketSession::beginClosing);
    connect(m_transport, &Transport::keeping, this, &WebSocketSession::block);
    // Queued: a close frame is flushed before QWebSocket says that it closes. What it has written since then,
    // to a client that does not stop talking, must not keep the events back.
    connect(
        m_transport, &Transport::drained, this,
        [this] {
            m_transport->flush();
            unblock();
            m_transport->releaseBuffers();
        },
        Qt::QueuedConnection);
    // When Qt has closed the descriptor its number may soon be another's.
    connect(m_transport, &Transport::stateChanged, this, &WebSocketSession::forgetDescriptor);
    connect(m_transport, &Transport::readyRead, this, [this] {
        m_lastHeard = Clock::now();
        m_transport->releaseBuffers();
        if (unsent() > m_largestUnread + mostUnreadAnswers)
            m_webSocket->abort();
    });
    m_transport->releaseBuffers();
    if (kept() > 0) // the answer to the handshake
        block();
    greet();
}

/// A socket that goes says so, and the rest of the session is gone by then.
WebSocketSession::~WebSocketSession()
{
    m_transport->disconnect(this);
    m_webSocket->disconnect(this);
}

void WebSocketSession::greet()
{
    tell(message_type::connected, helloData());
    const QUrlQuery query(m_webSocket->requestUrl());
    if (!query.hasQueryItem(QStringLiteral("since"))) {
        QTimer::singleShot(context().settings.resumeGrace, this, &WebSocketSession::goLive);
        return;
    }
    bool isNumber = false;
    ClientMessage message;
    message.kind = ClientMessage::Kind::Resume;
    message.epoch = query.queryItemValue(QStringLiteral("epoch"));
    message.since = query.queryItemValue(QStringLiteral("since")).toLongLong(&isNumber);
    if (!isNumber || message.since < 0)
        tellError({ErrorCode::BadFormat,
                   QStringLiteral("The address is not valid."),
                   {QStringLiteral("since: must be a number, 0 or more")}});
    else
        onResume(message);
    m_mayResume = false;
    goLive();
}

void WebSocketSession::onText(const QString& text)
{
    const Result<ClientMessage> message = parseClientMessage(text.toUtf8(), context().settings.maxJsonDepth);
    if (message)
        onMessage(*message);
    else
        tellError(message.error());
}

void WebSocketSession::onMessage(const ClientMessage& message)
{
    constexpr QLatin1String event("event");
    constexpr QLatin1String room("room");
    switch (message.kind) {
    case ClientMessage::Kind::Ping:
        m_mayResume = false;
        goLive();
        tell(message_type::pong, {{QLatin1String("serverTime"), protocol::toIso(protocol::now())},
                                  {QLatin1String("seq"), qint64(reached())}});
        break;
    case ClientMessage::Kind::Subscribe:
        confirm(changeFilter().subscribe(message.subject), message_type::subscribed, event, message.subject);
        break;
    case ClientMessage::Kind::Unsubscribe:
        changeFilter().unsubscribe(message.subject);
        tell(message_type::unsubscribed, {{event, message.subject}});
        break;
    case ClientMessage::Kind::Join:
        confirm(changeFilter().join(message.subject), message_type::roomJoined, room, message.subject);
        break;
    case ClientMessage::Kind::Leave:
        changeFilter().leave(message.subject);
        tell(message_type::roomLeft, {{room, message.subject}});
        break;
    case ClientMessage::Kind::Dashboard:
        look(message.period);
        break;
    case ClientMessage::Kind::Resume:
        if (m_mayResume)
            onResume(message);
        else
            tellError({ErrorCode::Validation,
                       QStringLiteral("resume must be the first message of a session."),
                       {}});
        break;
    }
}

void WebSocketSession::onResume(const ClientMessage& message)
{
    m_mayResume = false;
    if (!resume(message.epoch, message.since))
        tell(message_type::resumed, resumedData(message.since, reached(), false));
    goLive();
}

void WebSocketSession::confirm(const Result<void>& result, QLatin1String type, QLatin1String field,
                               const QString& subject)
{
    if (result)
        tell(type, {{field, subject}});
    else
        tellError(result.error());
}

void WebSocketSession::replayed(const Replay& replay)
{
    tell(message_type::resumed, resumedData(replay.from, replay.to, true));
}

void WebSocketSession::keepAlive(Clock::time_point now)
{
    if (now - m_lastHeard > context().settings.silenceTimeout()) {
        close(QWebSocketProtocol::CloseCodeGoingAway, QStringLiteral("no sign of life"));
    } else if (now - m_lastPing >= context().settings.pingInterval) {
        m_lastPing = now;
        m_webSocket->ping();
    }
}

void WebSocketSession::sayGoodbye(int code, const QString& reason)
{
    m_webSocket->close(QWebSocketProtocol::CloseCode(code), reason);
}

void WebSocketSession::tell(QLatin1String type, const QJsonObject& data)
{
    if (!isClosing())
        put(textFrame(encode(protocol::Event{QString(type), 0, data, protocol::now()})));
}

void WebSocketSession::tellError(const Error& error)
{
    tell(message_type::error, {{QLatin1String("code"), protocol::errorName(error.code)},
                               {QLatin1String("message"), error.message},
                               {QLatin1String("details"), QJsonArray::fromStringList(error.details)}});
}

void WebSocketSession::keep(const QByteArray& bytes)
{
    const bool othersWait = kept() > 0;
    m_largestUnread = std::max(othersWait ? m_largestUnread : 0, qint64(bytes.size()));
    m_transport->write(bytes);
}

} // namespace prism::realtime
