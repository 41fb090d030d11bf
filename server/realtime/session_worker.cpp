#include "server/realtime/session_worker.h"

#include <QLoggingCategory>

Q_DECLARE_LOGGING_CATEGORY(lcRealtime)

namespace prism::realtime {

namespace {

constexpr std::chrono::milliseconds tickInterval{500};

QString keyOf(const QHostAddress& peer, quint16 peerPort, quint16 localPort)
{
    return QStringLiteral("%1 %2 %3").arg(peer.toString()).arg(peerPort).arg(localPort);
}

} // namespace

SessionWorker::SessionWorker(const Backlog& backlog, const QString& epoch, const Settings& settings,
                             EventSourceFactory makeSource)
    : m_backlog(backlog)
    , m_epoch(epoch)
    , m_settings(settings)
    , m_makeSource(std::move(makeSource))
{
}

SessionWorker::~SessionWorker() = default;

void SessionWorker::start()
{
    m_source = m_makeSource();
    m_server = std::make_unique<QWebSocketServer>(QString(), QWebSocketServer::NonSecureMode);
    m_server->setMaxPendingConnections(4096);
    connect(m_server.get(), &QWebSocketServer::newConnection, this, &SessionWorker::open);
    m_ticker = std::make_unique<QTimer>();
    connect(m_ticker.get(), &QTimer::timeout, this, [this] {
        const QList<Session*> sessions = m_sessions.keys();
        for (Session* session : sessions)
            session->tick();
    });
    const auto quarter = std::min(m_settings.slowTimeout, m_settings.pingInterval) / 4;
    m_ticker->start(std::min(tickInterval, quarter + std::chrono::milliseconds(1)));
}

void SessionWorker::adopt(QTcpSocket* socket, Ticket ticket)
{
    if (m_draining || !m_server) {
        delete socket;
        return;
    }
    const QString key = keyOf(socket->peerAddress(), socket->peerPort(), socket->localPort());
    auto deadline = std::make_unique<QTimer>();
    deadline->setSingleShot(true);
    connect(deadline.get(), &QTimer::timeout, socket, [socket] { socket->abort(); });
    deadline->start(m_settings.handshakeTimeout);
    connect(socket, &QTcpSocket::disconnected, this, [this, socket, key] {
        if (m_handshakes.erase(key) > 0)
            socket->deleteLater();
    });
    m_handshakes.insert_or_assign(key, Handshake{socket, std::move(ticket), std::move(deadline)});
    m_server->handleConnection(socket);
}

void SessionWorker::open()
{
    while (m_server->hasPendingConnections()) {
        std::unique_ptr<QWebSocket> webSocket(m_server->nextPendingConnection());
        webSocket->setParent(nullptr);
        const QString key = keyOf(webSocket->peerAddress(), webSocket->peerPort(), webSocket->localPort());
        const auto handshake = m_handshakes.find(key);
        if (handshake == m_handshakes.end())
            continue;
        QTcpSocket* transport = handshake->second.socket;
        const Ticket ticket = std::move(handshake->second.ticket);
        m_handshakes.erase(handshake);
        transport->disconnect(this);

        auto* session = new Session(std::move(webSocket), transport,
                                    Session::Context{m_backlog, m_source, m_epoch, m_settings}, this);
        m_sessions.insert(session, ticket);
        connect(session, &Session::finished, this, [this, session] { remove(session); });
        if (m_draining)
            session->close(QWebSocketProtocol::CloseCodeGoingAway, QStringLiteral("The server is stopping."));
    }
}

void SessionWorker::remove(Session* session)
{
    if (m_sessions.remove(session) == 0)
        return;
    session->deleteLater();
    if (m_draining && m_sessions.isEmpty())
        emit drained();
}

void SessionWorker::wake()
{
    if (!m_woken.exchange(true))
        QMetaObject::invokeMethod(this, &SessionWorker::pumpAll, Qt::QueuedConnection);
}

void SessionWorker::pumpAll()
{
    m_woken = false;
    const QHash<Session*, Ticket> sessions = m_sessions;
    for (auto session = sessions.keyBegin(); session != sessions.keyEnd(); ++session)
        (*session)->pump();
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
        session->close(QWebSocketProtocol::CloseCodeGoingAway, QStringLiteral("The server is stopping."));
    }
}

void SessionWorker::stop()
{
    const QList<Session*> sessions = m_sessions.keys();
    m_sessions.clear();
    qDeleteAll(sessions);
    for (const auto& [key, handshake] : m_handshakes) {
        handshake.socket->disconnect(this);
        delete handshake.socket;
    }
    m_handshakes.clear();
    m_ticker.reset();
    m_server.reset();
    m_source = nullptr;
}

} // namespace prism::realtime
