#include "server/realtime/session.h"

#include "shared/protocol/json_depth.h"
#include "shared/protocol/version.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QLoggingCategory>
#include <QUrlQuery>
#include <QUuid>

#include <sys/socket.h>

Q_LOGGING_CATEGORY(lcRealtime, "prism.realtime")

namespace prism::realtime {

using protocol::Error;
using protocol::ErrorCode;
using protocol::Failure;
using protocol::Seq;
namespace message_type = protocol::message_type;
namespace request_type = protocol::request_type;

namespace {

constexpr int closeTooSlow = 4008;
constexpr std::chrono::milliseconds abortAfter{3'000};
constexpr int rowsAtATime = 256;

/// A replay lets the worker's other sessions have their turn after about so many bytes; an event that is
/// filtered out counts as rowCost.
constexpr qint64 longestTurn = 1024 * 1024;
constexpr qint64 rowCost = 100;

/// A client that asks faster than it reads its answers is cut off beyond this.
constexpr qint64 mostUnreadAnswers = 1024 * 1024;

} // namespace

Session::Session(std::unique_ptr<QWebSocket> webSocket, QTcpSocket* transport, const Context& context,
                 QObject* parent)
    : QObject(parent)
    , m_webSocket(std::move(webSocket))
    , m_transport(transport)
    , m_context(context)
    , m_id(QUuid::createUuid().toString(QUuid::WithoutBraces))
    , m_helloHead(context.backlog.head())
    , m_next(m_helloHead + 1)
    , m_lastHeard(Clock::now())
    , m_lastPing(m_lastHeard)
    , m_lastProgress(m_lastHeard)
{
    m_webSocket->setMaxAllowedIncomingMessageSize(quint64(m_context.settings.messageBytes));
    m_webSocket->setMaxAllowedIncomingFrameSize(quint64(m_context.settings.messageBytes));
    m_abortTimer.setSingleShot(true);
    connect(&m_abortTimer, &QTimer::timeout, this, [this] { m_webSocket->abort(); });
    m_graceTimer.setSingleShot(true);
    connect(&m_graceTimer, &QTimer::timeout, this, &Session::goLive);
    m_graceTimer.start(m_context.settings.resumeGrace);
    connect(m_webSocket.get(), &QWebSocket::textMessageReceived, this, &Session::onText);
    connect(m_webSocket.get(), &QWebSocket::binaryMessageReceived, this, [this] {
        sendError({ErrorCode::NotJson, QStringLiteral("Messages are JSON in text frames, not binary."), {}});
    });
    connect(m_webSocket.get(), &QWebSocket::disconnected, this, &Session::finished);
    // A client that broke the protocol is closed by QWebSocket, which would wait for its answer for ever.
    connect(m_webSocket.get(), &QWebSocket::aboutToClose, this, [this] {
        m_closing = true;
        m_abortTimer.start(abortAfter);
    });
    connect(m_transport, &QTcpSocket::bytesWritten, this, &Session::onProgress);
    connect(m_transport, &QTcpSocket::readyRead, this, [this] {
        m_lastHeard = Clock::now();
        if (m_transport->bytesToWrite() > mostUnreadAnswers)
            m_webSocket->abort();
    });
    greet();
}

/// A socket that goes says so, and the rest of the session is gone by then.
Session::~Session()
{
    m_transport->disconnect(this);
    m_webSocket->disconnect(this);
}

void Session::greet()
{
    send(message_type::connected, {{QLatin1String("connectionId"), m_id},
                                   {QLatin1String("serverTime"), protocol::toIso(protocol::now())},
                                   {QLatin1String("epoch"), m_context.epoch},
                                   {QLatin1String("seq"), qint64(m_helloHead)},
                                   {QLatin1String("version"), QString::fromLatin1(prism::version)}});
    const QUrlQuery query(m_webSocket->requestUrl());
    if (!query.hasQueryItem(QStringLiteral("since")))
        return;
    bool isNumber = false;
    const Seq since = query.queryItemValue(QStringLiteral("since")).toLongLong(&isNumber);
    if (!isNumber || since < 0)
        sendError({ErrorCode::BadFormat,
                   QStringLiteral("The address is not valid."),
                   {QStringLiteral("since: must be a number, 0 or more")}});
    else
        resume(query.queryItemValue(QStringLiteral("epoch")), since);
    m_mayResume = false;
    goLive();
}

void Session::goLive()
{
    m_graceTimer.stop();
    m_live = true;
    pump();
}

void Session::onText(const QString& text)
{
    QJsonParseError problem;
    const QByteArray bytes = text.toUtf8();
    if (protocol::isNestedDeeperThan(bytes, m_context.settings.maxJsonDepth)) {
        sendError(
            {ErrorCode::NotJson,
             QStringLiteral("A message is nested at most %1 deep.").arg(m_context.settings.maxJsonDepth),
             {}});
        return;
    }
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &problem);
    const QJsonObject message = document.object();
    const QString type = message.value(QLatin1String("type")).toString();
    if (problem.error != QJsonParseError::NoError || !document.isObject() || type.isEmpty())
        sendError({ErrorCode::NotJson, QStringLiteral("A message is a JSON object with a type."), {}});
    else
        onRequest(type, message.value(QLatin1String("data")).toObject(message));
}

void Session::onRequest(const QString& type, const QJsonObject& data)
{
    const QString event = data.value(QLatin1String("event")).toString();
    const QString room = data.value(QLatin1String("room")).toString();
    const auto confirm = [this](const protocol::Result<void>& result, QLatin1String answer,
                                const QJsonObject& what) {
        if (result)
            send(answer, what);
        else
            sendError(result.error());
    };
    if (type == request_type::ping) {
        m_mayResume = false;
        goLive();
        send(message_type::pong, {{QLatin1String("serverTime"), protocol::toIso(protocol::now())},
                                  {QLatin1String("seq"), qint64(m_next - 1)}});
    } else if (type == request_type::subscribe) {
        confirm(m_filter.subscribe(event), message_type::subscribed, {{QLatin1String("event"), event}});
    } else if (type == request_type::unsubscribe) {
        m_filter.unsubscribe(event);
        send(message_type::unsubscribed, {{QLatin1String("event"), event}});
    } else if (type == request_type::join) {
        confirm(m_filter.join(room), message_type::roomJoined, {{QLatin1String("room"), room}});
    } else if (type == request_type::leave) {
        m_filter.leave(room);
        send(message_type::roomLeft, {{QLatin1String("room"), room}});
    } else if (type == request_type::resume) {
        const QJsonValue since = data.value(QLatin1String("since"));
        if (!m_mayResume)
            sendError({ErrorCode::Validation,
                       QStringLiteral("resume must be the first message of a session."),
                       {}});
        else if (!since.isDouble() || since.toInteger(-1) < 0)
            sendError({ErrorCode::BadFormat,
                       QStringLiteral("The message is not valid."),
                       {QStringLiteral("since: must be a whole number, 0 or more")}});
        else
            resume(data.value(QLatin1String("epoch")).toString(), since.toInteger());
    } else {
        sendError(
            {ErrorCode::Validation,
             QStringLiteral("'%1' is not a message known here.").arg(type.left(100)),
             {QStringLiteral("type: must be one of subscribe, unsubscribe, join, leave, ping, resume")}});
    }
}

void Session::resume(const QString& epoch, Seq since)
{
    const Seq head = m_context.backlog.head();
    const bool begun = m_next > m_helloHead + 1; // what came live since the hello would come again
    m_mayResume = false;
    if (epoch != m_context.epoch || since > head || begun) {
        m_next = head + 1;
        send(message_type::resumed, {{QLatin1String("from"), qint64(since)},
                                     {QLatin1String("to"), qint64(head)},
                                     {QLatin1String("complete"), false}});
        goLive();
        return;
    }
    m_replay = Replay{since, head};
    m_next = since + 1;
    goLive();
}

void Session::finishReplay()
{
    const Replay done = *m_replay;
    m_replay.reset();
    send(message_type::resumed, {{QLatin1String("from"), qint64(done.from)},
                                 {QLatin1String("to"), qint64(done.to)},
                                 {QLatin1String("complete"), true}});
}

void Session::pump()
{
    if (!m_live || m_closing || m_pumping)
        return;
    m_pumping = true;
    qint64 turn = 0;
    for (;;) {
        if (m_replay && m_next > m_replay->to)
            finishReplay();
        const qint64 room = m_context.settings.aheadBytes - m_transport->bytesToWrite();
        if (room <= 0)
            break;
        const auto frames = readAhead(room);
        if (!frames) {
            close(1001, QStringLiteral("The log of events cannot be read."));
            break;
        }
        if (frames->empty())
            break;
        QByteArray out;
        for (const FramePtr& frame : *frames) {
            if (m_filter.wants(frame->type, frame->project))
                out += frame->bytes;
            m_next = frame->seq + 1;
        }
        write(out);
        turn += rowCost * qint64(frames->size()) + out.size();
        if (turn > longestTurn) {
            QMetaObject::invokeMethod(this, &Session::pump, Qt::QueuedConnection);
            break;
        }
    }
    m_pumping = false;
}

protocol::Result<std::vector<FramePtr>> Session::readAhead(qint64 bytes) const
{
    const Seq to = m_replay ? m_replay->to : std::numeric_limits<Seq>::max();
    Backlog::Slice slice = m_context.backlog.read(m_next, to, bytes);
    if (!slice.fallenBehind)
        return std::move(slice.frames);
    return m_context.events(m_next, std::min(to, m_next + rowsAtATime - 1), rowsAtATime);
}

void Session::tick()
{
    const Clock::time_point now = Clock::now();
    if (m_closing)
        return;
    if (isBehind() && now - m_lastProgress > m_context.settings.slowTimeout) {
        qCInfo(lcRealtime).noquote() << "session" << m_id << "is too slow, at seq" << m_next - 1;
        close(closeTooSlow, QStringLiteral("too slow"));
    } else if (now - m_lastHeard > m_context.settings.silenceTimeout()) {
        close(1001, QStringLiteral("no sign of life"));
    } else if (now - m_lastPing >= m_context.settings.pingInterval) {
        m_lastPing = now;
        m_webSocket->ping();
    }
}

bool Session::isBehind() const
{
    return m_transport->bytesToWrite() > 0;
}

void Session::close(int code, const QString& reason)
{
    if (m_closing)
        return;
    m_closing = true;
    m_abortTimer.start(abortAfter);
    m_webSocket->close(QWebSocketProtocol::CloseCode(code), reason);
}

void Session::send(QLatin1String type, const QJsonObject& data)
{
    if (!m_closing)
        write(textFrame(encode(protocol::Event{QString(type), 0, data, protocol::now()})));
}

void Session::sendError(const Error& error)
{
    send(message_type::error, {{QLatin1String("code"), protocol::errorName(error.code)},
                               {QLatin1String("message"), error.message},
                               {QLatin1String("details"), QJsonArray::fromStringList(error.details)}});
}

/// The descriptor is written to directly while nothing waits in the socket's buffer: that saves a copy and a
/// turn of the event loop for every session of a broadcast. What the kernel does not take goes the normal
/// way.
void Session::write(const QByteArray& bytes)
{
    if (bytes.isEmpty() || m_transport->state() != QAbstractSocket::ConnectedState)
        return;
    if (m_transport->bytesToWrite() > 0) {
        m_transport->write(bytes);
        return;
    }
    const ssize_t sent = ::send(int(m_transport->socketDescriptor()), bytes.constData(),
                                std::size_t(bytes.size()), MSG_NOSIGNAL | MSG_DONTWAIT);
    m_lastProgress = Clock::now();
    if (sent < bytes.size())
        m_transport->write(bytes.constData() + std::max<ssize_t>(sent, 0),
                           bytes.size() - std::max<ssize_t>(sent, 0));
}

void Session::onProgress()
{
    m_lastProgress = Clock::now();
    pump();
}

} // namespace prism::realtime
