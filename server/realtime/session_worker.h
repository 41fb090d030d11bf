#pragma once

#include "server/realtime/session.h"
#include "server/realtime/stream_request.h"
#include "server/realtime/web_socket.h"

#include <QHash>
#include <QTimer>

#include <atomic>
#include <unordered_map>

namespace prism::realtime {

/// Serves a share of the sessions on a thread of its own. Owns them, their WebSocket handshakes, and a reader
/// of the log for those that have fallen behind the backlog.
class SessionWorker : public QObject
{
    Q_OBJECT

public:
    /// What is given is borrowed and outlives the worker.
    SessionWorker(const Backlog& backlog, const QString& epoch, const Settings& settings,
                  EventSourceFactory makeSource, ViewFeed& views, io::ByteBudget& unsent);
    ~SessionWorker() override;

    /// Makes the source. Call once, on the worker's thread, before anything else.
    protocol::Result<void> start();

    /// Takes over a connection that asks for a WebSocket.
    void adoptWebSocket(io::Descriptor descriptor, const UpgradeRequest& request, const Guest& guest);

    /// Takes over a connection whose request was read.
    void adoptStream(io::Descriptor descriptor, const StreamRequest& request, const Guest& guest);

    /// Tells the worker that the backlog has grown. From any thread; costs one wake-up however often it is
    /// called, and none while there is no session.
    void wake();

    /// Offers what is new to every session that looks at it.
    void show(const UpdatePtr& update);

    /// What its sessions did. From any thread.
    telemetry::SessionFigures figures() const { return m_stats.figures(); }

    /// Closes every session with 1001; drained() follows.
    void drain();

    /// Ends everything at once. On the worker's thread.
    void stop();

signals:
    void drained();

private:
    struct Handshake
    {
        std::unique_ptr<WebSocket> webSocket;
        Guest guest;
        Session::Clock::time_point deadline;
    };

    Handshake endHandshake(WebSocket* webSocket);
    void open(Handshake handshake);
    void endLateHandshakes(Session::Clock::time_point now);
    void add(Session* session, const Guest& guest);
    void remove(Session* session);
    void pumpAll();
    void advance(Cursor& cursor, protocol::Seq head);
    void tellDrained();
    void tick();

    const Backlog& m_backlog;
    const QString m_epoch;
    const Settings m_settings;
    const EventSourceFactory m_makeSource;
    ViewFeed& m_views;
    io::ByteBudget& m_unsent;
    std::unique_ptr<FrameReader> m_reader;
    Cursors m_cursors;
    std::optional<const Session::Context> m_context;
    std::unique_ptr<QTimer> m_ticker;
    std::unordered_map<WebSocket*, Handshake> m_handshakes;
    QHash<Session*, Guest> m_sessions;
    telemetry::SessionStats m_stats;
    std::atomic<bool> m_woken{false};
    std::atomic<bool> m_isOccupied{false}; ///< set before a session looks where the backlog ends
    bool m_draining = false;
    bool m_toldDrained = false;
};

} // namespace prism::realtime
