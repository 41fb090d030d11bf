#include "server/realtime/session_worker.h"

#include "server/realtime/event_stream_outlet.h"
#include "server/realtime/web_socket_outlet.h"
#include "shared/protocol/try.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace prism::realtime {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds shortestTick{5};
constexpr milliseconds longestTick{500}; // who is not to be served any more is gone within a second

} // namespace

SessionWorker::SessionWorker(const Backlog& backlog, const QString& epoch, const Settings& settings,
                             EventSourceFactory makeSource, ViewFeed& views, io::ByteBudget& unsent)
    : m_backlog(backlog)
    , m_epoch(epoch)
    , m_settings(settings)
    , m_makeSource(std::move(makeSource))
    , m_views(views)
    , m_unsent(unsent)
{
}

SessionWorker::~SessionWorker() = default;

protocol::Result<void> SessionWorker::start()
{
    PRISM_TRY_ASSIGN(EventSource source, m_makeSource());
    m_reader = std::make_unique<FrameReader>(m_backlog, std::move(source), m_epoch, m_settings.aheadBytes);
    m_context.emplace(
        Session::Context{m_backlog, *m_reader, m_epoch, m_settings, m_stats, m_views, m_cursors, m_unsent});
    m_ticker = std::make_unique<QTimer>();
    connect(m_ticker.get(), &QTimer::timeout, this, &SessionWorker::tick);
    const auto shortest =
        std::min({m_settings.slowest.window, m_settings.pingInterval, m_settings.handshakeTimeout});
    m_ticker->start(std::clamp(shortest / 4, shortestTick, longestTick));
    return {};
}

void SessionWorker::tick()
{
    const auto now = Session::Clock::now();
    const QList<Session*> sessions = m_sessions.keys();
    qint64 unsent = 0;
    for (Session* session : sessions) {
        session->tick(now);
        const auto guest = m_sessions.constFind(session);
        if (guest == m_sessions.cend())
            continue;
        unsent += session->unsent();
        if (guest->mayStay && !guest->mayStay())
            session->close(Session::signedOut, QStringLiteral("The token is not valid any more."));
    }
    m_stats.setUnsent(unsent);
    endLateHandshakes(now);
}

void SessionWorker::endLateHandshakes(Session::Clock::time_point now)
{
    std::vector<WebSocket*> late;
    for (const auto& [webSocket, handshake] : m_handshakes) {
        if (now >= handshake.deadline)
            late.push_back(webSocket);
    }
    for (WebSocket* webSocket : late)
        webSocket->abort();
}

void SessionWorker::adoptWebSocket(io::Descriptor descriptor, const UpgradeRequest& request,
                                   const Guest& guest)
{
    if (m_draining || !m_reader)
        return;
    auto made = std::make_unique<WebSocket>(std::move(descriptor), request, m_settings);
    WebSocket* const webSocket = made.get();
    connect(webSocket, &WebSocket::opened, this, [this, webSocket] { open(endHandshake(webSocket)); });
    connect(webSocket, &WebSocket::closed, this,
            [this, webSocket] { endHandshake(webSocket).webSocket.release()->deleteLater(); });
    m_handshakes.emplace(
        webSocket, Handshake{std::move(made), guest, Session::Clock::now() + m_settings.handshakeTimeout});
    webSocket->shakeHands();
}

SessionWorker::Handshake SessionWorker::endHandshake(WebSocket* webSocket)
{
    webSocket->disconnect(this);
    return std::move(m_handshakes.extract(webSocket).mapped());
}

void SessionWorker::open(Handshake handshake)
{
    m_isOccupied = true;
    // Counted first: the client has its greeting when it is added.
    m_stats.countOpened(telemetry::SessionKind::WebSocket);
    auto outlet = std::make_unique<WebSocketOutlet>(std::move(handshake.webSocket), m_settings);
    add(new Session(*m_context, std::move(outlet), handshake.guest, this), handshake.guest);
}

void SessionWorker::adoptStream(io::Descriptor descriptor, const StreamRequest& request, const Guest& guest)
{
    if (m_draining || !m_reader)
        return;
    m_isOccupied = true;
    m_stats.countOpened(telemetry::SessionKind::Stream);
    auto outlet = std::make_unique<EventStreamOutlet>(std::move(descriptor), request, m_epoch, m_settings);
    add(new Session(*m_context, std::move(outlet), guest, this), guest);
}

void SessionWorker::add(Session* session, const Guest& guest)
{
    m_sessions.insert(session, guest);
    connect(session, &Session::finished, this, [this, session] { remove(session); });
    session->begin();
    if (m_draining)
        session->close(Session::goingAway, QStringLiteral("The server is stopping."));
}

void SessionWorker::remove(Session* session)
{
    if (m_sessions.remove(session) == 0)
        return;
    m_isOccupied = !m_sessions.isEmpty();
    m_stats.countClosed(session->kind());
    session->deleteLater();
    if (m_draining && m_sessions.isEmpty())
        tellDrained();
}

/// Once: a handshake that was under way may still bring a session, which ends as well.
void SessionWorker::tellDrained()
{
    if (!std::exchange(m_toldDrained, true))
        emit drained();
}

void SessionWorker::wake()
{
    if (m_isOccupied && !m_woken.exchange(true))
        QMetaObject::invokeMethod(this, &SessionWorker::pumpAll, Qt::QueuedConnection);
}

void SessionWorker::pumpAll()
{
    m_woken = false;
    const protocol::Seq head = m_backlog.head();
    for (Cursor& cursor : m_cursors.all()) {
        if (cursor.session)
            advance(cursor, head);
    }
}

/// Most sessions keep up, and then nothing but the cursor is looked at.
void SessionWorker::advance(Cursor& cursor, protocol::Seq head)
{
    if (cursor.keepsUp && cursor.next <= head) {
        const protocol::Result<FrameReader::Stretch*> stretch =
            m_reader->read(cursor.next, std::numeric_limits<protocol::Seq>::max());
        if (stretch) {
            const QByteArray& bytes = m_reader->joined(**stretch, cursor.encoding);
            cursor.next = (*stretch)->frames.back()->seq + 1;
            m_stats.countDeliveries((*stretch)->frames.size(), bytes.size());
            if (const qsizetype taken = cursor.write(bytes); taken < bytes.size())
                cursor.session->fallBehind(bytes.sliced(taken));
        }
    }
    if (!cursor.keepsUp || cursor.next <= head)
        cursor.session->pump();
}

void SessionWorker::show(const UpdatePtr& update)
{
    const QHash<Session*, Guest> sessions = m_sessions;
    for (auto session = sessions.keyBegin(); session != sessions.keyEnd(); ++session)
        (*session)->show(update);
}

void SessionWorker::drain()
{
    m_draining = true;
    if (m_sessions.isEmpty()) {
        tellDrained();
        return;
    }
    const QList<Session*> sessions = m_sessions.keys();
    for (Session* session : sessions) {
        session->pump();
        session->close(Session::goingAway, QStringLiteral("The server is stopping."));
    }
}

void SessionWorker::stop()
{
    const QList<Session*> sessions = m_sessions.keys();
    m_sessions.clear();
    qDeleteAll(sessions);
    m_handshakes.clear();
    m_ticker.reset();
    m_context.reset();
    m_reader.reset();
}

} // namespace prism::realtime
