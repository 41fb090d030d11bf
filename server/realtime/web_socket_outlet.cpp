#include "server/realtime/web_socket_outlet.h"

#include "server/realtime/session.h"

#include <QJsonArray>
#include <QUrlQuery>

namespace prism::realtime {

using protocol::Error;
using protocol::ErrorCode;
using protocol::Result;
namespace message_type = protocol::message_type;

WebSocketOutlet::WebSocketOutlet(std::unique_ptr<WebSocket> webSocket, const Settings& settings)
    : m_webSocket(std::move(webSocket))
    , m_settings(settings)
    , m_lastPing(Clock::now())
{
}

void WebSocketOutlet::begin(Session& session)
{
    m_session = &session;
    WebSocket* const client = m_webSocket.get();
    QObject::connect(client, &WebSocket::textReceived, client, [this](const QString& text) { onText(text); });
    QObject::connect(client, &WebSocket::binaryReceived, client, [this] {
        tellError({ErrorCode::NotJson, QStringLiteral("Messages are JSON in text frames, not binary."), {}});
    });
    QObject::connect(client, &WebSocket::heard, client, [this] {
        if (m_session->isOverwhelmed())
            abort();
    });
    QObject::connect(client, &WebSocket::flooded, &session, &Session::closeForFlooding);
    // A client that broke the protocol is closed by the WebSocket, which would wait for its answer for ever.
    QObject::connect(client, &WebSocket::closing, &session, &Session::beginClosing);
    QObject::connect(client, &WebSocket::closed, &session, &Session::end);
    greet();
    client->beginReading();
}

void WebSocketOutlet::greet()
{
    m_session->tell(message_type::connected, m_session->helloData());
    const QUrlQuery query(QString::fromUtf8(m_webSocket->query()));
    if (!query.hasQueryItem(QStringLiteral("since")))
        return;
    bool isNumber = false;
    const auto since = query.queryItemValue(QStringLiteral("since")).toLongLong(&isNumber);
    if (isNumber && since >= 0)
        resume(query.queryItemValue(QStringLiteral("epoch"), QUrl::FullyDecoded), since);
    else
        tellError({ErrorCode::BadFormat,
                   QStringLiteral("The address is not valid."),
                   {QStringLiteral("since: must be a whole number, 0 or more")}});
}

void WebSocketOutlet::onText(const QString& text)
{
    const Result<ClientMessage> message =
        parseClientMessage(text.toUtf8(), m_settings.maxJsonDepth, m_settings.mostProjects);
    if (message)
        onMessage(*message);
    else
        tellError(message.error());
}

void WebSocketOutlet::onMessage(const ClientMessage& message)
{
    constexpr QLatin1String event("event");
    constexpr QLatin1String room("room");
    Session& session = *m_session;
    switch (message.kind) {
    case ClientMessage::Kind::Ping:
        session.pump(); // who asks after an answer to a write gets its event first
        session.tellPassed();
        session.tell(message_type::pong, {{QLatin1String("serverTime"), protocol::toIso(protocol::now())},
                                          {QLatin1String("seq"), qint64(session.reached())}});
        break;
    case ClientMessage::Kind::Subscribe:
        confirm(session.changeFilter().subscribe(message.subject), message_type::subscribed, event,
                message.subject);
        break;
    case ClientMessage::Kind::Unsubscribe:
        session.changeFilter().unsubscribe(message.subject);
        session.tell(message_type::unsubscribed, {{event, message.subject}});
        break;
    case ClientMessage::Kind::Join:
        confirm(session.changeFilter().join(message.subject), message_type::roomJoined, room,
                message.subject);
        break;
    case ClientMessage::Kind::Leave:
        session.changeFilter().leave(message.subject);
        session.tell(message_type::roomLeft, {{room, message.subject}});
        break;
    case ClientMessage::Kind::Dashboard:
        if (!session.look(message.view))
            tellError({ErrorCode::Unavailable,
                       QStringLiteral("As many different views are looked at as may be. Ask for the numbers "
                                      "instead, or look again later."),
                       {}});
        break;
    case ClientMessage::Kind::Resume:
        if (m_mayResume) {
            resume(message.epoch, message.since);
            session.pump();
            break;
        }
        tellError({ErrorCode::Validation, QStringLiteral("A session is resumed once."), {}});
        break;
    }
}

void WebSocketOutlet::resume(const QString& epoch, protocol::Seq since)
{
    m_mayResume = false;
    m_session->resume(epoch, since);
}

void WebSocketOutlet::confirm(const Result<void>& result, QLatin1String type, QLatin1String field,
                              const QString& subject)
{
    if (result)
        m_session->tell(type, {{field, subject}});
    else
        tellError(result.error());
}

void WebSocketOutlet::tellError(const Error& error)
{
    m_session->tell(message_type::error,
                    {{QLatin1String("code"), protocol::errorName(error.code)},
                     {QLatin1String("message"), error.message},
                     {QLatin1String("details"), QJsonArray::fromStringList(error.details)}});
}

QByteArray WebSocketOutlet::encoded(const protocol::Event& message, protocol::Seq) const
{
    return textFrame(encode(message));
}

void WebSocketOutlet::keepAlive(Clock::time_point now)
{
    if (now - m_webSocket->lastHeard() > m_settings.silenceTimeout()) {
        m_session->close(QWebSocketProtocol::CloseCodeGoingAway, QStringLiteral("no sign of life"));
    } else if (now - m_lastPing >= m_settings.pingInterval) {
        m_lastPing = now;
        m_session->tellPassed();
        m_webSocket->ping();
    }
}

} // namespace prism::realtime
