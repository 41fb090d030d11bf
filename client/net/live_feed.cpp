#include "client/net/live_feed.h"

#include "client/net/log.h"

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

} // namespace

LiveFeed::LiveFeed(Api& api, const Options& options, QObject* parent)
    : QObject(parent)
    , m_api(api)
    , m_options(options)
    , m_stream(sessionUrl(api.server()), m_cursor, options)
{
    m_pollTimer.setInterval(options.timing.pollInterval);
    connect(&m_pollTimer, &QTimer::timeout, this, &LiveFeed::poll);
    m_stream.setTrust(&api.trust());
    m_stream.setAuthorization(api.credentials().authorization());
    connect(&api.credentials(), &Credentials::changed, this, &LiveFeed::onCredentials);
    connect(&api.trust(), &Trust::pinned, this, &LiveFeed::onCredentials);
    connect(&m_stream, &EventStream::stateChanged, this, &LiveFeed::onStreamState);
    connect(&m_stream, &EventStream::eventReceived, this, &LiveFeed::onPushed);
    connect(&m_stream, &EventStream::told, this, &LiveFeed::onTold);
    connect(&m_stream, &EventStream::resumed, this, &LiveFeed::onResumed);
    connect(&m_stream, &EventStream::heard, this, [this] { m_lastHeard = m_options.clock.elapsed(); });
}

void LiveFeed::start()
{
    m_started = true;
    m_stream.start();
}

/// A session ends with the token that it was opened by, and with the trust in who was there. The next one
/// goes on from the same position.
void LiveFeed::onCredentials()
{
    m_stream.setAuthorization(m_api.credentials().authorization());
    if (!m_started)
        return;
    m_stream.stop();
    m_pollTimer.stop();
    beginOutage();
    if (refusal())
        return setState(FeedState::SignedOut);
    m_pollError.reset();
    setState(FeedState::Connecting);
    m_stream.start();
}

void LiveFeed::beginOutage()
{
    if (m_disconnectedSince)
        return;
    m_disconnectedSince = m_options.clock.now();
    m_caughtUp = 0;
    m_incomplete = false;
}

void LiveFeed::setPollInterval(std::chrono::milliseconds interval)
{
    m_pollTimer.setInterval(interval);
}

void LiveFeed::retryNow()
{
    if (refusal())
        return;
    m_stream.retryNow();
    if (m_state != FeedState::Live)
        poll();
}

void LiveFeed::onStreamState(EventStream::State state)
{
    if (state != EventStream::State::Waiting && state != EventStream::State::Refused)
        return;
    if (m_pollTimer.isActive())
        return; // polling already
    beginOutage();
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

void LiveFeed::onTold(const QJsonObject& update)
{
    const auto tell = [&](QLatin1String name, const auto& fromJson, const auto& told) {
        const QJsonValue part = update.value(name);
        if (part.isUndefined())
            return;
        if (const auto message = fromJson(part.toObject()))
            (this->*told)(*message);
        else
            qCWarning(netLog) << "push: not understood:" << name << message.error().details;
    };
    tell(QLatin1String("dashboard"), protocol::dashboardFromJson, &LiveFeed::dashboardTold);
    tell(QLatin1String("trend"), protocol::trendReportFromJson, &LiveFeed::trendTold);
    tell(QLatin1String("forecast"), protocol::forecastReportFromJson, &LiveFeed::forecastTold);
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
    m_poll = m_api.dashboard(
        {protocol::Period::Today}, {},
        [this, asked = m_cursor.position()](const auto& answer) { onPosition(asked, answer); });
}

void LiveFeed::askEvents()
{
    m_poll =
        m_api.events(*m_cursor.position(), pageSize,
                     [this, asked = *m_cursor.position()](const auto& answer) { onPage(asked, answer); });
}

void LiveFeed::onPosition(const std::optional<protocol::Position>& asked,
                          const protocol::Result<Fresh<protocol::Dashboard>>& answer)
{
    if (isPushBack())
        return pollDone();
    if (!answer)
        return pollFailed(answer.error());
    if (m_cursor.position() != asked)
        return askEvents();
    startOver(answer->value->position);
    pollWorked();
}

void LiveFeed::onPage(const protocol::Position& asked, const protocol::Result<protocol::EventPage>& answer)
{
    if (isPushBack())
        return pollDone();
    if (!answer)
        return pollFailed(answer.error());
    const protocol::Position here = *m_cursor.position();
    if (here != asked)
        return askEvents(); // push was back for a while, and has brought more than this answer knows of
    const protocol::EventPage& page = *answer;
    if (!page.complete || page.reached.epoch != here.epoch || page.reached.seq < here.seq)
        return askPosition();

    QList<Event> fresh;
    for (const Event& event : page.events) {
        if (page.hasPassed)
            m_cursor.pass(event.seq - 1);
        const auto verdict = m_cursor.accept(event.seq);
        if (verdict == EventCursor::Verdict::Gap) {
            qCWarning(netLog) << "poll: a gap after" << m_cursor.position()->seq;
            return askPosition();
        }
        if (verdict == EventCursor::Verdict::Next)
            fresh.append(event);
    }
    if (page.hasPassed)
        m_cursor.pass(page.reached.seq);
    const bool isFurther = m_cursor.position()->seq > here.seq;
    m_caughtUp += fresh.size();
    if (!fresh.isEmpty())
        emit events(fresh);
    if (isFurther && m_cursor.position()->seq < page.head)
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
    if (refusal())
        return; // which has been told
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
                   << (state == FeedState::Live        ? "live"
                       : state == FeedState::Polling   ? "polling"
                       : state == FeedState::Offline   ? "offline"
                       : state == FeedState::SignedOut ? "signed out"
                                                       : "connecting");
    emit stateChanged(state);
}

} // namespace prism::net
