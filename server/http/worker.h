#pragma once

#include "server/http/connection.h"

#include <QHash>

#include <functional>

namespace prism::http {

/// Makes the handler of one worker, on that worker's thread.
using HandlerFactory = std::function<std::unique_ptr<Handler>()>;

/// Takes over a socket that asked for an upgrade; called on the worker's thread with the socket still there.
using UpgradeSink = std::function<void(std::unique_ptr<QTcpSocket>, ConnectionQuota::Ticket)>;

/// Serves a share of the connections on a thread of its own. Owns its connections and their handler.
class Worker : public QObject
{
    Q_OBJECT

public:
    Worker(const Limits& limits, HandlerFactory makeHandler, UpgradeSink upgrade);
    ~Worker() override;

    /// Makes the handler. Call once, on the worker's thread, before any connection.
    void start();

    /// Takes over an accepted descriptor; a null ticket says that the limit is reached. On the worker's
    /// thread.
    void adopt(qintptr descriptor, int listener, ConnectionQuota::Ticket ticket);

    /// Closes idle connections, and the others when their response is out. On the worker's thread.
    void drain();

    /// Ends every connection and the handler. On the worker's thread.
    void stop();

signals:
    /// After drain(): the last connection is gone.
    void drained();

private:
    void dispatch(Connection& connection, const Request& request);
    void upgrade(quint64 connectionId);
    void remove(Connection* connection);
    void deliver(quint64 connectionId, const Response& response);

    const Limits m_limits;
    const HandlerFactory m_makeHandler;
    const UpgradeSink m_upgrade;
    std::unique_ptr<Handler> m_handler;
    QHash<quint64, Connection*> m_connections;
    quint64 m_lastId = 0;
    bool m_draining = false;
};

} // namespace prism::http
