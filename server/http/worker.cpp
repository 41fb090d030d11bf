#include "server/http/worker.h"

#include <QLoggingCategory>
#include <QThread>

#include <unistd.h>

Q_LOGGING_CATEGORY(lcHttp, "prism.http")

namespace prism::http {

Worker::Worker(const Limits& limits, HandlerFactory makeHandler, UpgradeSink upgrade)
    : m_limits(limits)
    , m_makeHandler(std::move(makeHandler))
    , m_upgrade(std::move(upgrade))
{
}

Worker::~Worker() = default;

void Worker::start()
{
    m_handler = m_makeHandler();
}

void Worker::adopt(qintptr descriptor, int listener, ConnectionQuota::Ticket ticket)
{
    auto socket = std::make_unique<QTcpSocket>();
    if (m_draining || !m_handler || !socket->setSocketDescriptor(descriptor)) {
        ::close(int(descriptor));
        return;
    }
    const bool overLimit = ticket == nullptr;
    auto* connection = new Connection(std::move(socket), std::move(ticket), m_limits, *m_handler, ++m_lastId,
                                      listener, this);
    m_connections.insert(connection->id(), connection);
    connect(connection, &Connection::requestReady, this,
            [this, connection](const Request& request) { dispatch(*connection, request); });
    // Queued: a socket must not change its thread while it is still telling of what it has read.
    connect(
        connection, &Connection::upgradeRequested, this, [this, id = connection->id()] { upgrade(id); },
        Qt::QueuedConnection);
    connect(connection, &Connection::finished, this, [this, connection] { remove(connection); });
    if (overLimit)
        connection->refuseOverLimit();
}

void Worker::upgrade(quint64 connectionId)
{
    Connection* connection = m_connections.value(connectionId);
    if (!connection)
        return;
    std::unique_ptr<QTcpSocket> taken = connection->takeSocket();
    m_upgrade(std::move(taken), connection->takeTicket());
    remove(connection);
}

void Worker::dispatch(Connection& connection, const Request& request)
{
    const quint64 id = connection.id();
    m_handler->handle(request, [this, id](const Response& response) {
        if (QThread::currentThread() == thread())
            deliver(id, response);
        else
            QMetaObject::invokeMethod(
                this, [this, id, response] { deliver(id, response); }, Qt::QueuedConnection);
    });
}

void Worker::deliver(quint64 connectionId, const Response& response)
{
    if (Connection* connection = m_connections.value(connectionId))
        connection->respond(response);
}

void Worker::remove(Connection* connection)
{
    if (m_connections.remove(connection->id()) == 0)
        return;
    connection->deleteLater();
    if (m_draining && m_connections.isEmpty())
        emit drained();
}

void Worker::drain()
{
    m_draining = true;
    if (m_connections.isEmpty()) {
        emit drained();
        return;
    }
    const QList<Connection*> connections = m_connections.values();
    for (Connection* connection : connections)
        connection->drain();
}

void Worker::stop()
{
    const QList<Connection*> connections = m_connections.values();
    m_connections.clear();
    qDeleteAll(connections);
    m_handler.reset();
}

} // namespace prism::http
