#pragma once

#include "server/realtime/session.h"

#include <QHash>
#include <QWebSocketServer>

#include <atomic>
#include <unordered_map>

namespace prism::realtime {

/// Serves a share of the sessions on a thread of its own. Owns them, their WebSocket handshakes, and a reader
/// of the log for those that have fallen behind the backlog.
class SessionWorker : public QObject
{
    Q_OBJECT

public:
    SessionWorker(const Backlog& backlog, const QString& epoch, const Settings& settings,
                  EventSourceFactory makeSource);
    ~SessionWorker() override;

    /// Call once, on the worker's thread, before anything else.
    void start();

    /// Takes over a socket in which an upgrade request waits unread, already moved to this thread.
    void adopt(QTcpSocket* socket, Ticket ticket);

    /// Tells the worker that the backlog has grown. From any thread; costs one wake-up however often it is
    /// called.
    void wake();

    /// Closes every session with 1001; drained() follows.
    void drain();

    /// Ends everything at once. On the worker's thread.
    void stop();

signals:
    void drained();

private:
    struct Handshake
    {
        QTcpSocket* socket;
        Ticket ticket;
        std::unique_ptr<QTimer> deadline;
    };

    void open();
    void remove(Session* session);
    void pumpAll();

    const Backlog& m_backlog;
    const QString m_epoch;
    const Settings m_settings;
    const EventSourceFactory m_makeSource;
    EventSource m_source;
    std::unique_ptr<QWebSocketServer> m_server;
    std::unique_ptr<QTimer> m_ticker;
    std::unordered_map<QString, Handshake> m_handshakes; ///< by both ends of the connection
    QHash<Session*, Ticket> m_sessions;
    std::atomic<bool> m_woken{false};
    bool m_draining = false;
};

} // namespace prism::realtime
