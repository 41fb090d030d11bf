#include "client/net/live_feed.h"

#include "client/net/api_client.h"
#include "client/net/log.h"

#include <QJsonArray>
#include <QJsonObject>

#include <utility>

namespace prism::net {

using protocol::Event;

namespace {

constexpr int pageSize = 500;

QUrl sessionUrl(QUrl server)
{
    server.setScheme(server.scheme() == QLatin1String("https") ? QStringLiteral("wss")
                                                               : QStringLiteral("ws"));
    server.setPath(QStringLiteral("/ws"));
    return server;
}

protocol::Position positionOf(const QJsonObject& json)
{
    return {json.value(u"epoch").toString(), json.value(u"seq").toInteger()};
}

} // namespace

LiveFeed::LiveFeed(ApiClient& api, const Options& options, QObject* parent)
    : QObject(parent)
    , m_api(api)
    , m_options(options)
    , m_stream(sessionUrl(api.server()), m_cursor, options)
{
    m_pollTimer.setInterval(options.timing.pollInterval);
    connect(&m_pollTimer, &QTimer::timeout, this, &LiveFeed::poll);
    connect(&m_stream, &EventStream::stateChanged, this, &LiveFeed::onStreamState);
    connect(&m_stream, &EventStream::eventReceived, this, &LiveFeed::onPushed);
    connect(&m_stream, &EventStream::resumed, this, &LiveFeed::onResumed);
    connect(&m_stream, &EventStream::heard, this, [this] { m_lastHeard = m_options.clock.elapsed(); });
}

void LiveFeed::start()
{
    m_stream.start();
}

void LiveFeed::setPollInterval(std::chrono::milliseconds interval)
{
    m_pollTimer.setInterval(interval);
}

void LiveFeed::retryNow()
{
    m_stream.retryNow();
    if (m_state != FeedState::Live)
        poll();
}

void LiveFeed::onStreamState(EventStream::State state)
{
    if (state != EventStream::State::Waiting && state != EventStream::State::Refused)
        return;
    if (m_disconnectedSince)
        return; // polling already
    m_disconnectedSince = m_options.clock.now();
    m_caughtUp = 0;
    m_incomplete = false;
    m_pollTimer.start();
    setState(FeedState::Connecting);
    poll();
}

void LiveFeed::onPushed(const Event& event)
{
    if (m_stream.state() == EventStream::State::Live)
        m_behind = m_stream.lateness(event);
    else
        ++m_caughtUp;
    emit events({event});
}

void LiveFeed::onResumed(bool complete)
{
    const bool hadPosition = m_begun;
    if (!complete)
        startOver(*m_cursor.position());
    const auto lost = std::exchange(m_disconnectedSince, std::nullopt);
    m_pollError.reset();
    m_pollTimer.stop();
    setState(FeedState::Live);
    if (lost && hadPosition)
        emit recovered({*lost, m_options.clock.now(), m_caughtUp, complete && !m_incomplete});
}

void LiveFeed::poll()
{
    if (m_polling)
        return;
    m_polling = true;
    if (m_cursor.position())
        askEvents();
    else
        askPosition();
}

void LiveFeed::askPosition()
{
    const QUrlQuery query({{QStringLiteral("period"), QStringLiteral("today")}});
    m_api.get(QStringLiteral("/api/v1/analytics/dashboard"), query, {}, this,
              [this](const auto& answer) { onPosition(answer); });
}

void LiveFeed::askEvents()
{
    const QUrlQuery query({{QStringLiteral("epoch"), m_cursor.position()->epoch},
                           {QStringLiteral("since"), QString::number(m_cursor.position()->seq)},
                           {QStringLiteral("limit"), QString::number(pageSize)}});
    m_api.get(QStringLiteral("/api/v1/events"), query, {}, this,
              [this](const auto& answer) { onPage(answer); });
}

void LiveFeed::onPosition(const protocol::Result<Answer>& answer)
{
    if (isPushBack())
        return pollDone();
    if (!answer)
        return pollFailed(answer.error());
    startOver(positionOf(answer->data.toObject()));
    pollWorked();
}

void LiveFeed::onPage(const protocol::Result<Answer>& answer)
{
    if (isPushBack())
        return pollDone();
    if (!answer)
        return pollFailed(answer.error());
    const QJsonObject page = answer->data.toObject();
    const protocol::Position upTo = positionOf(page);
    const protocol::Position here = *m_cursor.position();
    if (!page.value(QLatin1String("complete")).toBool(true) || upTo.epoch != here.epoch ||
        upTo.seq < here.seq)
        return askPosition();

    const QJsonArray list = page.value(QLatin1String("events")).toArray();
    if (list.isEmpty())
        return pollWorked();
    QList<Event> fresh;
    for (const auto& json : list) {
        const auto event = protocol::eventFromJson(json.toObject());
        const auto verdict = event ? m_cursor.accept(event->seq) : EventCursor::Verdict::Gap;
        if (verdict == EventCursor::Verdict::Gap) {
            qCWarning(netLog) << "poll: a gap after" << m_cursor.position()->seq;
            return askPosition();
        }
        if (verdict == EventCursor::Verdict::Next)
            fresh.append(*event);
    }
    if (fresh.isEmpty())
        return pollWorked();
    m_caughtUp += fresh.size();
    emit events(fresh);
    if (m_cursor.position()->seq < page.value(QLatin1String("head")).toInteger())
        askEvents();
    else
        pollWorked();
}

bool LiveFeed::isPushBack() const
{
    return m_stream.state() == EventStream::State::Resuming || m_stream.state() == EventStream::State::Live;
}

void LiveFeed::pollDone()
{
    m_polling = false;
}

void LiveFeed::pollWorked()
{
    m_polling = false;
    m_lastHeard = m_options.clock.elapsed();
    m_pollError.reset();
    setState(FeedState::Polling);
    emit polled();
}

void LiveFeed::pollFailed(const protocol::Error& error)
{
    m_polling = false;
    m_pollError = error;
    setState(FeedState::Offline);
}

void LiveFeed::startOver(const protocol::Position& position)
{
    m_cursor.moveTo(position);
    m_incomplete = m_begun;
    m_begun = true;
    emit reloadNeeded();
}

void LiveFeed::setState(FeedState state)
{
    if (m_state == state)
        return;
    m_state = state;
    qCInfo(netLog) << "feed:"
                   << (state == FeedState::Live      ? "live"
                       : state == FeedState::Polling ? "polling"
                       : state == FeedState::Offline ? "offline"
                                                     : "connecting");
    emit stateChanged(state);
}

} // namespace prism::net
