#include "tests/client/stub_server.h"

#include "shared/protocol/envelope.h"
#include "shared/protocol/event_data.h"
#include "shared/protocol/event_page.h"
#include "shared/protocol/view.h"

#include <QJsonDocument>
#include <QWebSocket>

#include <utility>

namespace prism::test {

using protocol::Event;

namespace {

const protocol::Timestamp start = protocol::fromMillis(1'770'000'000'000);

QByteArray compact(const QJsonObject& json)
{
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

} // namespace

StubServer::StubServer()
    : m_upgrader(QStringLiteral("stub"), QWebSocketServer::NonSecureMode)
{
    connect(&m_listener, &QTcpServer::newConnection, this, &StubServer::onConnection);
    connect(&m_upgrader, &QWebSocketServer::newConnection, this, &StubServer::onSession);
    m_place.bind(QHostAddress::LocalHost, 0, QAbstractSocket::ReuseAddressHint);
    m_port = m_place.localPort();
    listenAgain();
}

StubServer::~StubServer()
{
    for (QWebSocket* session : std::as_const(m_sessions))
        disconnect(session, nullptr, this, nullptr);
    qDeleteAll(m_sessions);
}

QUrl StubServer::url() const
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(m_port));
}

QUrl StubServer::wsUrl() const
{
    return QUrl(QStringLiteral("ws://127.0.0.1:%1/ws").arg(m_port));
}

Event StubServer::publish(bool push)
{
    const Event event = eventAt(log.size() + 1);
    log.append(event);
    if (push)
        sendToAll(event);
    return event;
}

Event StubServer::publish(QLatin1String type, const QJsonObject& data)
{
    const Event event{QString(type), log.size() + 1, data, start + std::chrono::seconds(log.size() + 1)};
    log.append(event);
    sendToAll(event);
    return event;
}

protocol::Alert StubServer::raiseAlert(const QString& id, protocol::AlertSeverity severity)
{
    protocol::Alert alert;
    alert.id = id;
    alert.message = QStringLiteral("Too many violations");
    alert.severity = severity;
    alert.metric = QStringLiteral("violations");
    alert.bucket = start;
    alert.timestamp = start;
    alerts.insert(id, alert);
    publish(protocol::event_type::alert, protocol::toJson(alert));
    return alert;
}

StubAnswer StubServer::acknowledge(const QString& id, const StubRequest& request)
{
    if (!alerts.contains(id)) {
        const protocol::Error error{protocol::ErrorCode::NotFound, QStringLiteral("No such alert."), {}};
        return {404, protocol::failureEnvelope(error, QStringLiteral("1"), start)};
    }
    protocol::Alert& alert = alerts[id];
    if (!alert.isAcknowledged()) {
        const auto given = protocol::acknowledgementFromJson(QJsonDocument::fromJson(request.body).object(),
                                                             start + std::chrono::hours(1));
        alert.acknowledgement = given.value_or(protocol::Acknowledgement());
        alert.state = protocol::AlertState::Acknowledged;
        const protocol::AlertAcknowledged told{id, *alert.acknowledgement, alert};
        publish(protocol::event_type::alertAcknowledged,
                QJsonDocument::fromJson(protocol::encode(told)).object());
    }
    return {200, protocol::successEnvelope(protocol::toJson(alert), QStringLiteral("1"), start)};
}

Event StubServer::eventAt(protocol::Seq seq) const
{
    const QJsonObject check{{QLatin1String("id"), QStringLiteral("check-%1").arg(seq)},
                            {QLatin1String("status"), QStringLiteral("PASS")},
                            {QLatin1String("duration"), 4.5}};
    return {protocol::event_type::checkCompleted, seq, check, start + std::chrono::seconds(seq)};
}

protocol::Dashboard StubServer::dashboard(protocol::Period period) const
{
    protocol::Dashboard dashboard;
    dashboard.period = period;
    dashboard.summary.totalChecks = log.size();
    dashboard.position = {epoch, log.size()};
    dashboard.generatedAt = start;
    return dashboard;
}

QJsonObject StubServer::message(const QString& type, const QJsonObject& data)
{
    return {{QLatin1String("type"), type},
            {QLatin1String("data"), data},
            {QLatin1String("timestamp"), protocol::toIso(start)}};
}

void StubServer::sendToAll(const QJsonObject& message)
{
    for (QWebSocket* session : std::as_const(m_sessions))
        session->sendTextMessage(QString::fromUtf8(compact(message)));
}

void StubServer::sendToAll(const Event& event)
{
    for (QWebSocket* session : std::as_const(m_sessions)) {
        session->sendTextMessage(QString::fromUtf8(protocol::encode(event)));
        tell(session);
    }
}

void StubServer::tell(QWebSocket* session)
{
    if (!tells || !m_views.contains(session))
        return;
    const QJsonObject update{{QLatin1String("dashboard"), protocol::toJson(dashboard(m_views[session]))}};
    session->sendTextMessage(
        QString::fromUtf8(compact(message(QString(protocol::message_type::update), update))));
}

void StubServer::closeSessions(int code)
{
    const QList<QWebSocket*> sessions = m_sessions;
    for (QWebSocket* session : sessions) {
        if (code == 0)
            session->abort();
        else
            session->close(QWebSocketProtocol::CloseCode(code));
    }
}

void StubServer::goAway()
{
    m_listener.close();
    closeSessions();
    const auto kept = m_listener.findChildren<QTcpSocket*>();
    for (QTcpSocket* socket : kept)
        socket->abort();
}

bool StubServer::listenAgain()
{
    return m_listener.listen(QHostAddress::LocalHost, m_port);
}

void StubServer::onConnection()
{
    while (QTcpSocket* socket = m_listener.nextPendingConnection()) {
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] { onReadable(socket); });
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    }
}

void StubServer::onReadable(QTcpSocket* socket)
{
    const QByteArray text = socket->peek(64 * 1024);
    const qsizetype headSize = text.indexOf("\r\n\r\n");
    if (headSize < 0)
        return;
    const QByteArray head = text.left(headSize);
    const QUrl target(QString::fromLatin1(head.split(' ').value(1)));
    if (head.toLower().contains("upgrade: websocket"))
        return upgrade(socket);

    StubRequest request{target.path(), QUrlQuery(target), {}, head.split(' ').value(0)};
    for (const QByteArray& line : head.split('\n').mid(1)) {
        const qsizetype colon = line.indexOf(':');
        request.headers.insert(line.left(colon).toLower(), line.mid(colon + 1).trimmed());
    }
    request.etag = request.headers.value("if-none-match");
    request.body = text.mid(headSize + 4);
    if (request.body.size() < request.headers.value("content-length").toLongLong())
        return; // the rest is on its way
    socket->readAll();
    ++m_requests[request.path];
    const auto special = override ? override(request) : std::nullopt;
    if (special && special->late) {
        m_late.append({socket, special->body.isEmpty() ? answer(request) : *special});
        return;
    }
    const StubAnswer reply = special ? *special : answer(request);
    if (!reply.silent)
        send(*socket, reply);
}

void StubServer::send(QTcpSocket& socket, const StubAnswer& answer)
{
    socket.write("HTTP/1.1 " + QByteArray::number(answer.status) + " Stub\r\nContent-Length: " +
                 QByteArray::number(answer.body.size()) + "\r\n" + answer.headers + "\r\n" + answer.body);
}

void StubServer::sendLate()
{
    const auto late = std::exchange(m_late, {});
    for (const auto& [socket, answer] : late) {
        if (socket)
            send(*socket, answer);
    }
}

void StubServer::upgrade(QTcpSocket* socket)
{
    ++attempts;
    if (!acceptsSessions) {
        socket->readAll();
        socket->write("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        socket->disconnectFromHost();
        return;
    }
    disconnect(socket, nullptr, this, nullptr);
    disconnect(socket, &QTcpSocket::disconnected, socket, nullptr);
    m_upgrader.handleConnection(socket);
    emit socket->readyRead(); // what is in the buffer already
}

void StubServer::onSession()
{
    while (QWebSocket* session = m_upgrader.nextPendingConnection()) {
        m_sessions.append(session);
        addresses.append(session->requestUrl().query());
        connect(session, &QWebSocket::disconnected, this, [this, session] {
            m_sessions.removeOne(session);
            m_views.remove(session);
            session->deleteLater();
        });
        connect(session, &QWebSocket::textMessageReceived, this,
                [this, session](const QString& text) { onMessage(session, text); });
        if (!greets)
            continue;
        const QJsonObject hello{{QLatin1String("connectionId"), QStringLiteral("1")},
                                {QLatin1String("serverTime"), protocol::toIso(start)},
                                {QLatin1String("epoch"), epoch},
                                {QLatin1String("seq"), log.size()},
                                {QLatin1String("version"), QStringLiteral("0")}};
        session->sendTextMessage(QString::fromUtf8(compact(message(QStringLiteral("connected"), hello))));
        const QUrlQuery query(session->requestUrl());
        if (resumes && query.hasQueryItem(QStringLiteral("since")))
            resume(session, {query.queryItemValue(QStringLiteral("epoch")),
                             query.queryItemValue(QStringLiteral("since")).toLongLong()});
    }
}

void StubServer::onMessage(QWebSocket* session, const QString& text)
{
    const QJsonObject json = QJsonDocument::fromJson(text.toUtf8()).object();
    received.append(json);
    const QString type = json.value(QLatin1String("type")).toString();
    if (type == protocol::request_type::ping && pongs) {
        session->sendTextMessage(QString::fromUtf8(
            compact(message(QStringLiteral("pong"), {{QLatin1String("serverTime"), protocol::toIso(start)},
                                                     {QLatin1String("seq"), log.size()}}))));
    }
    const auto view = protocol::viewFromJson(json.value(QLatin1String("data")).toObject());
    if (type == protocol::request_type::dashboard && view) {
        m_views[session] = view->period;
        tell(session);
    }
}

void StubServer::resume(QWebSocket* session, const protocol::Position& position)
{
    const protocol::Seq since = position.seq;
    const bool complete = position.epoch == epoch && since >= oldestKept && since <= log.size();
    for (protocol::Seq seq = since; complete && seq < log.size(); ++seq)
        session->sendTextMessage(QString::fromUtf8(protocol::encode(log[seq])));
    session->sendTextMessage(QString::fromUtf8(
        compact(message(QStringLiteral("resumed"), {{QLatin1String("from"), qint64(since)},
                                                    {QLatin1String("to"), log.size()},
                                                    {QLatin1String("complete"), complete}}))));
}

StubAnswer StubServer::answer(const StubRequest& request)
{
    if (request.path == QLatin1String("/api/v1/events"))
        return eventsPage(request.query);
    const QStringList parts = request.path.split(QLatin1Char('/'));
    if (request.method == "POST" && parts.value(4) == QLatin1String("anomalies") &&
        parts.value(6) == QLatin1String("ack"))
        return acknowledge(parts.value(5), request);
    if (request.path != QLatin1String("/api/v1/analytics/dashboard")) {
        const protocol::Error error{protocol::ErrorCode::NotFound, QStringLiteral("Nothing is here."), {}};
        return {404, protocol::failureEnvelope(error, QStringLiteral("1"), start)};
    }
    const QString name = request.query.queryItemValue(QStringLiteral("period"));
    const QByteArray etag =
        '"' + epoch.toUtf8() + '-' + QByteArray::number(log.size()) + '-' + name.toUtf8() + '"';
    if (request.etag == etag) {
        ++notModified;
        return {304, {}, "ETag: " + etag + "\r\n"};
    }
    const auto period = protocol::periodFromString(name).value_or(protocol::Period::Week);
    return {200, protocol::successEnvelope(protocol::toJson(dashboard(period)), QStringLiteral("1"), start),
            "ETag: " + etag + "\r\n"};
}

StubAnswer StubServer::eventsPage(const QUrlQuery& query) const
{
    const protocol::Seq since = query.queryItemValue(QStringLiteral("since")).toLongLong();
    const qsizetype limit = query.queryItemValue(QStringLiteral("limit")).toLongLong();
    const QString wanted = query.queryItemValue(QStringLiteral("epoch"));
    const bool complete = (wanted.isEmpty() || wanted == epoch) && since >= oldestKept && since <= log.size();
    protocol::EventPage page{complete, {epoch, since}, log.size(), {}};
    for (; complete && page.reached.seq < log.size() && page.events.size() < std::min(limit, mostEvents);
         ++page.reached.seq) {
        if (hidden.contains(page.reached.seq + 1))
            page.hasPassed = true;
        else
            page.events.append(log[page.reached.seq]);
    }
    if (!complete)
        page.reached.seq = log.size();
    return {200, protocol::successEnvelope(protocol::encode(page), QStringLiteral("1"), start)};
}

} // namespace prism::test
