#include "client/net/event_stream.h"

#include "client/net/log.h"
#include "client/net/web_socket.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QUrlQuery>

#include <algorithm>
#include <utility>

namespace prism::net {

using protocol::Event;

namespace {

constexpr qint64 maxMessage = 16 * 1024 * 1024; // a check with ten thousand violations is far below
constexpr qsizetype maxEarly = 10'000;

/// How long messages are handled before input gets its turn: after a pause there may be megabytes of them.
constexpr int turn = 8; // ms

/// With so many bytes waiting for their turn nothing more is read, so that the server notices who is
/// slow.
constexpr qsizetype enough = 1024 * 1024;

const QLatin1String serverTimeField("serverTime"), epochField("epoch"), seqField("seq"), toField("to");

protocol::Seq seqOf(const QJsonObject& data, QLatin1String field, protocol::Seq otherwise)
{
    return data.value(field).toInteger(otherwise);
}

} // namespace

EventStream::EventStream(const QUrl& url, EventCursor& cursor, const Options& options, QObject* parent)
    : QObject(parent)
    , m_url(url)
    , m_cursor(cursor)
    , m_options(options)
    , m_backoff(options.timing.firstRetry, options.timing.longestRetry, options.jitter)
{
    const Timing& timing = m_options.timing;
    m_handshakeTimer.setSingleShot(true);
    m_handshakeTimer.setInterval(timing.handshakeDeadline);
    m_silenceTimer.setSingleShot(true);
    m_silenceTimer.setInterval(timing.silenceLimit);
    m_pingTimer.setInterval(timing.pingInterval);
    m_retryTimer.setSingleShot(true);
    m_retryTimer.setTimerType(Qt::PreciseTimer);
    m_calmTimer.setSingleShot(true);
    m_calmTimer.setInterval(timing.longestRetry);
    connect(&m_handshakeTimer, &QTimer::timeout, this, [this] {
        drop(m_state == State::Resuming ? QStringLiteral("what was missed does not come")
                                        : QStringLiteral("no hello in time"));
    });
    connect(&m_silenceTimer, &QTimer::timeout, this,
            [this] { drop(QStringLiteral("the server is silent")); });
    connect(&m_pingTimer, &QTimer::timeout, this, &EventStream::sendPing);
    connect(&m_retryTimer, &QTimer::timeout, this, &EventStream::open);
    connect(&m_calmTimer, &QTimer::timeout, this, [this] {
        m_hasSentTooMuch = false;
        m_backoff.reset();
    });
    connect(&m_turnTimer, &QTimer::timeout, this, [this] { handleReceived(QDeadlineTimer(turn)); });
}

EventStream::~EventStream()
{
    closeSocket();
}

void EventStream::start()
{
    if (m_state == State::Idle)
        open();
}

void EventStream::stop()
{
    if (m_socket) {
        disconnect(m_socket, nullptr, this, nullptr); // it may end at once, which is not to be made up for
        m_socket->close(protocol::close_code::goingAway);
    }
    closeSocket();
    m_retryTimer.stop();
    setState(State::Idle);
}

void EventStream::retryNow()
{
    if (m_state == State::Waiting || m_state == State::Refused)
        open();
}

std::optional<std::chrono::milliseconds> EventStream::retryIn() const
{
    if (m_state != State::Waiting)
        return std::nullopt;
    return std::max(m_retryTimer.remainingTimeAsDuration(), std::chrono::milliseconds(0));
}

std::chrono::milliseconds EventStream::lateness(const Event& event) const
{
    return std::max(m_options.clock.now() + m_offset.value() - event.timestamp, std::chrono::milliseconds(0));
}

void EventStream::open()
{
    closeSocket();
    m_retryTimer.stop();
    m_hello.reset();
    m_early.clear();
    m_pingSent.reset();
    m_openedAt = m_options.clock.now();

    m_socket = new WebSocket(maxMessage, this);
    connect(m_socket, &WebSocket::opened, this, &EventStream::onConnected);
    connect(m_socket, &WebSocket::closed, this, &EventStream::onDisconnected);
    connect(m_socket, &WebSocket::textReceived, this, &EventStream::onReceived);
    m_socket->setTrust(m_trust);
    m_handshakeTimer.start();
    setState(State::Connecting);
    m_socket->open(address(), m_authorization);
}

/// With the position from which it goes on, so that the session brings what was missed before anything else.
QUrl EventStream::address()
{
    m_resuming = m_cursor.position() && !m_startOver;
    if (!m_resuming)
        return m_url;
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("since"), QString::number(m_cursor.position()->seq));
    query.addQueryItem(epochField, QString::fromLatin1(QUrl::toPercentEncoding(m_cursor.position()->epoch)));
    QUrl url = m_url;
    url.setQuery(query);
    return url;
}

void EventStream::drop(const QString& why)
{
    closeSocket();
    const auto wait = m_backoff.next();
    qCInfo(netLog) << "push:" << why << "- next attempt in" << wait.count() << "ms";
    m_retryTimer.start(wait);
    setState(State::Waiting);
}

void EventStream::closeSocket()
{
    m_handshakeTimer.stop();
    m_silenceTimer.stop();
    m_pingTimer.stop();
    m_turnTimer.stop();
    m_calmTimer.stop();
    m_received.clear();
    m_receivedSize = 0;
    if (!m_socket)
        return;
    disconnect(m_socket, nullptr, this, nullptr);
    m_socket->abort();
    m_socket->deleteLater();
    m_socket = nullptr;
}

void EventStream::onConnected()
{
    m_silenceTimer.start();
    m_pingTimer.start();
    sendPing();
}

void EventStream::onDisconnected()
{
    const WebSocket* ended = m_socket;
    handleReceived(QDeadlineTimer(QDeadlineTimer::Forever)); // what came before the end still counts
    if (m_socket != ended)
        return; // one of these ended the session already
    const QString reason = m_socket->reason();
    if (m_socket->closeCode() == protocol::close_code::notAllowed) {
        qCWarning(netLog) << "push: the server does not allow this session:" << reason;
        closeSocket();
        setState(State::Refused);
        return;
    }
    if (m_socket->closeCode() == protocol::close_code::tooMuch)
        m_hasSentTooMuch = true;
    drop(reason);
}

void EventStream::onReceived(const QByteArray& text)
{
    m_silenceTimer.start();
    emit heard();
    m_received.enqueue(text);
    m_receivedSize += text.size();
    if (m_receivedSize > enough)
        m_socket->setPaused(true);
    m_turnTimer.start();
}

void EventStream::handleReceived(QDeadlineTimer until)
{
    while (!m_received.isEmpty() && !until.hasExpired()) {
        const QByteArray text = m_received.dequeue();
        m_receivedSize -= text.size();
        onMessage(text); // may end the session, and what was received with it
    }
    if (!m_received.isEmpty())
        return;
    m_turnTimer.stop();
    if (m_socket)
        m_socket->setPaused(false);
}

void EventStream::onMessage(const QByteArray& text)
{
    const auto message = protocol::eventFromJson(QJsonDocument::fromJson(text).object());
    if (!message) {
        qCWarning(netLog) << "push: not understood:" << message.error().details;
        return;
    }
    if (message->seq > 0)
        onEvent(*message);
    else if (message->type == protocol::message_type::connected)
        onHello(*message);
    else if (message->type == protocol::message_type::resumed)
        onResumed(*message);
    else if (message->type == protocol::message_type::passed)
        onPassed(*message);
    else if (message->type == protocol::message_type::pong)
        onPong(*message);
    else if (message->type == protocol::message_type::update)
        emit told(message->data);
    else if (message->type == protocol::message_type::error)
        qCWarning(netLog) << "push: the server complains:" << message->data.value(QLatin1String("message"));
}

void EventStream::onHello(const Event& message)
{
    const QJsonObject& data = message.data;
    const auto serverTime = protocol::fromIso(data.value(serverTimeField).toString());
    m_hello = Hello{data.value(QLatin1String("connectionId")).toString(),
                    data.value(QLatin1String("version")).toString(),
                    serverTime.value_or(message.timestamp),
                    {data.value(epochField).toString(), seqOf(data, seqField, 0)}};
    m_offset.add(m_openedAt, m_hello->serverTime, m_options.clock.now());
    if (m_resuming) {
        m_handshakeTimer.start();
        setState(State::Resuming);
        return;
    }
    m_startOver = false;
    m_cursor.moveTo(m_hello->position);
    goLive(false);
}

void EventStream::onResumed(const Event& message)
{
    if (m_state != State::Resuming)
        return;
    const protocol::Seq to = seqOf(message.data, toField, m_hello->position.seq);
    if (!message.data.value(QLatin1String("complete")).toBool()) {
        m_cursor.moveTo({m_hello->position.epoch, to});
        goLive(false);
        releaseEarly();
        return;
    }
    if (!releaseEarly())
        return;
    if (m_cursor.position()->seq < to)
        onGap(to);
    else
        goLive(true);
}

void EventStream::onPong(const Event& message)
{
    const auto serverTime = protocol::fromIso(message.data.value(serverTimeField).toString());
    if (serverTime && m_pingSent)
        m_offset.add(*m_pingSent, *serverTime, m_options.clock.now());
    m_pingSent.reset();
    const protocol::Seq sent = seqOf(message.data, seqField, 0);
    if (m_state == State::Live && sent > m_cursor.position()->seq)
        onGap(sent);
}

void EventStream::onEvent(const Event& event)
{
    // Until the missed events have come, live ones may come before them; and those of another epoch have
    // nothing to do with our position.
    const bool waiting = m_state != State::Live;
    const bool sameOrder =
        m_hello && m_cursor.position() && m_cursor.position()->epoch == m_hello->position.epoch;
    if (waiting && (!sameOrder || event.seq > m_cursor.position()->seq + 1)) {
        m_early.insert(event.seq, event);
        if (m_early.size() > maxEarly)
            drop(QStringLiteral("more live events than can wait for the missed ones"));
        return;
    }
    switch (m_cursor.accept(event.seq)) {
    case EventCursor::Verdict::Next:
        if (m_state == State::Resuming)
            m_handshakeTimer.start(); // much was missed, and it is on its way
        emit eventReceived(event);
        break;
    case EventCursor::Verdict::Repeat:
        qCDebug(netLog) << "push: event" << event.seq << "came again";
        break;
    case EventCursor::Verdict::Gap:
        onGap(event.seq);
        break;
    }
}

/// While what was missed is on its way, what is live is not passed yet.
void EventStream::onPassed(const Event& message)
{
    const protocol::Seq to = seqOf(message.data, toField, 0);
    if (m_state == State::Resuming) {
        m_handshakeTimer.start();
        m_cursor.pass(std::min(to, m_hello->position.seq));
    } else {
        m_cursor.pass(to);
    }
}

bool EventStream::releaseEarly()
{
    const auto early = std::exchange(m_early, {});
    for (const Event& event : early) {
        const EventCursor::Verdict verdict = m_cursor.accept(event.seq);
        if (verdict == EventCursor::Verdict::Gap) {
            onGap(event.seq);
            return false;
        }
        if (verdict == EventCursor::Verdict::Next)
            emit eventReceived(event);
    }
    return true;
}

void EventStream::onGap(protocol::Seq seq)
{
    const protocol::Seq at = m_cursor.position()->seq;
    qCWarning(netLog) << "push: nothing came between" << at << "and" << seq;
    m_startOver = m_lastGap == at; // resuming did not help the last time
    m_lastGap = at;
    drop(QStringLiteral("there is a gap"));
}

void EventStream::goLive(bool complete)
{
    m_handshakeTimer.stop();
    if (m_hasSentTooMuch)
        m_calmTimer.start(); // it may be so again at once
    else
        m_backoff.reset();
    if (m_view)
        sendView();
    setState(State::Live);
    emit resumed(complete);
}

void EventStream::sendPing()
{
    if (!m_pingSent)
        m_pingSent = m_options.clock.now();
    send(protocol::request_type::ping, QJsonObject());
}

void EventStream::look(const std::optional<protocol::View>& view)
{
    if (m_view == view)
        return;
    m_view = view;
    if (m_state == State::Live)
        sendView();
}

void EventStream::sendView()
{
    send(protocol::request_type::dashboard, m_view ? protocol::toJson(*m_view) : QJsonValue());
}

void EventStream::send(QLatin1String type, const QJsonValue& data)
{
    const QJsonObject message{{QLatin1String("type"), type}, {QLatin1String("data"), data}};
    m_socket->sendText(QJsonDocument(message).toJson(QJsonDocument::Compact));
}

void EventStream::setState(State state)
{
    if (m_state == state)
        return;
    m_state = state;
    emit stateChanged(state);
}

} // namespace prism::net
