#include "server/realtime/session_worker.h"

#include "server/realtime/web_socket_session.h"

#include <algorithm>
#include <limits>

namespace prism::realtime {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds shortestTick{5};
constexpr milliseconds longestTick{1000};

std::unique_ptr<Transport> socketOf(io::Descriptor descriptor)
{
    auto socket = std::make_unique<Transport>();
    if (!socket->setSocketDescriptor(descriptor.number()))
        return nullptr;
    (void)descriptor.release();
    return socket;
}

/// As if the socket had just received these bytes.
void receive(Transport& socket, QByteArrayView bytes)
{
    for (auto byte = bytes.crbegin(); byte != bytes.crend(); ++byte)
        socket.ungetChar(*byte);
    if (!bytes.isEmpty())
        emit socket.readyRead();
}

} // namespace

SessionWorker::SessionWorker(const Backlog& backlog, const QString& epoch, const Settings& settings,
                             EventSourceFactory makeSource, DashboardFeed& dashboards)
    : m_backlog(backlog)
    , m_epoch(epoch)
    , m_settings(settings)
    , m_makeSource(std::move(makeSource))
    , m_dashboards(dashboards)
{
}

SessionWorker::~SessionWorker() = default;

void SessionWorker::start()
{
    m_reader = std::make_unique<FrameReader>(m_backlog, m_makeSource(), m_epoch, m_settings.aheadBytes);
    m_context.emplace(
        Session::Context{m_backlog, *m_reader, m_epoch, m_settings, m_stats, m_dashboards, m_cursors});
    m_server = std::make_unique<QWebSocketServer>(QString(), QWebSocketServer::NonSecureMode);
    m_server->setMaxPendingConnections(4096);
    connect(m_server.get(), &QWebSocketServer::newConnection, this, &SessionWorker::open);
    m_ticker = std::make_unique<QTimer>();
    connect(m_ticker.get(), &QTimer::timeout, this, &SessionWorker::tick);
    const auto shortest =
        std::min({m_settings.slowTimeout, m_settings.pingInterval, m_settings.handshakeTimeout});
    m_ticker->start(std::clamp(shortest / 4, shortestTick, longestTick));
}

void SessionWorker::tick()
{
    const auto now = Session::Clock::now();
    const QList<Session*> sessions = m_sessions.keys();
    qint64 unsent = 0;
    for (Session* session : sessions) {
        session->tick(now);
        if (m_sessions.contains(session))
            unsent += session->unsent();
    }
    m_stats.setUnsent(unsent);
    std::vector<Transport*> late;
    for (const auto& [number, handshake] : m_handshakes) {
        if (now >= handshake.deadline)
            late.push_back(handshake.socket);
    }
    for (Transport* socket : late)
        socket->abort();
}

/// QWebSocketServer takes whatever is there for the request's head and forgets what stands behind it. So the
/// socket gets the head alone, and room for no more until the session is there.
void SessionWorker::adoptWebSocket(io::Descriptor descriptor, const QByteArray& received,
                                   const Ticket& ticket)
{
    std::unique_ptr<Transport> socket = socketOf(std::move(descriptor));
    if (!socket || m_draining || !m_server)
        return;
    Transport* transport = socket.release();
    transport->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    const qsizetype head = received.indexOf("\r\n\r\n") + 4;
    transport->setReadBufferSize(head);
    receive(*transport, QByteArrayView(received).first(head));
    const quint64 number = ++m_numbered;
    transport->setNumber(number);
    connect(transport, &Transport::disconnected, this, [this, transport, number] {
        if (m_handshakes.erase(number) > 0)
            transport->deleteLater();
    });
    m_handshakes.emplace(number,
                         Handshake{transport, ticket, Session::Clock::now() + m_settings.handshakeTimeout,
                                   received.sliced(head)});
    m_server->handleConnection(transport);
}

void SessionWorker::open()
{
    while (m_server->hasPendingConnections()) {
        std::unique_ptr<QWebSocket> webSocket(m_server->nextPendingConnection());
        webSocket->setParent(nullptr);
        const auto handshake = m_handshakes.find(Transport::numberOf(webSocket->peerAddress()));
        if (handshake == m_handshakes.end())
            continue;
        Transport* transport = handshake->second.socket;
        const Ticket ticket = std::move(handshake->second.ticket);
        const QByteArray behind = std::move(handshake->second.behind);
        m_handshakes.erase(handshake);
        transport->disconnect(this);
        m_isOccupied = true;
        // Counted first: the client has its greeting when the constructor returns.
        m_stats.countOpened(telemetry::SessionKind::WebSocket);
        add(new WebSocketSession(std::move(webSocket), transport, *m_context, this), ticket);
        receive(*transport, behind);
        transport->setReadBufferSize(0);
    }
}

void SessionWorker::adoptStream(io::Descriptor descriptor, const StreamRequest& request, const Ticket& ticket)
{
    if (m_draining || !m_reader)
        return;
    m_isOccupied = true;
    m_stats.countOpened(telemetry::SessionKind::Stream);
    add(new StreamSession(std::move(descriptor), request, *m_context, this), ticket);
}

void SessionWorker::add(Session* session, const Ticket& ticket)
{
    m_sessions.insert(session, ticket);
    connect(session, &Session::finished, this, [this, session] { remove(session); });
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

void SessionWorker::show(protocol::Period period, const DashboardPtr& dashboard)
{
    const QHash<Session*, Ticket> sessions = m_sessions;
    for (auto session = sessions.keyBegin(); session != sessions.keyEnd(); ++session)
        (*session)->show(period, dashboard);
}

void SessionWorker::drain()
{
    m_draining = true;
    if (m_sessions.isEmpty()) {
        emit drained();
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
    for (const auto& [number, handshake] : m_handshakes) {
        handshake.socket->disconnect(this);
        delete handshake.socket;
    }
    m_handshakes.clear();
    m_ticker.reset();
    m_server.reset();
    m_context.reset();
    m_reader.reset();
}

} // namespace prism::realtime
