#pragma once

#include "server/realtime/session_worker.h"

#include <QThread>

#include <vector>

namespace prism::realtime {

/// The push side as a whole: the backlog, the session workers and their threads. Lives on the main thread;
/// publish() and wake() are called on one other, the adopting functions on any.
class Hub : public QObject
{
    Q_OBJECT

public:
    /// `head` is the seq of the newest event in the log. Without `makeDashboards` none are pushed. The
    /// backlog keeps up to `maxFrames` and `maxBytes`.
    Hub(int workers, const QString& epoch, protocol::Seq head, std::size_t maxFrames, qint64 maxBytes,
        const Settings& settings, const EventSourceFactory& makeSource, QObject* parent,
        const DashboardSourceFactory& makeDashboards = {});
    ~Hub() override;

    /// Appends to the backlog; wake() is to follow. The frames follow on the newest event without a gap.
    void publish(const std::vector<FramePtr>& frames);

    /// Has the sessions send what was published. On the thread that publishes.
    void wake();

    /// Takes over a connection. `received` is what was read of it so far: the head of an upgrade
    /// request, and perhaps what came right behind it.
    void adoptWebSocket(io::Descriptor descriptor, const QByteArray& received, const Ticket& ticket);

    /// Takes over a connection whose request, for a stream of events, was read.
    void adoptStream(io::Descriptor descriptor, const StreamRequest& request, const Ticket& ticket);

    /// Closes every session with 1001; drained() follows.
    void drain();

    /// Ends every session and joins the threads.
    void stop();

    const Backlog& backlog() const { return m_backlog; }

    /// What all sessions did. From any thread, until stop().
    telemetry::SessionFigures figures() const;

signals:
    /// The backlog has grown. Emitted on the thread that called wake().
    void published();

    void drained();

private:
    struct Lane
    {
        std::unique_ptr<QThread> thread;
        std::unique_ptr<SessionWorker> worker;
    };

    void show(protocol::Period period, const DashboardPtr& dashboard);
    SessionWorker& nextWorker() { return *m_lanes[m_next++ % m_lanes.size()].worker; }

    Backlog m_backlog;
    DashboardFeed m_dashboards; ///< outlives the sessions; quiet before they go
    std::vector<Lane> m_lanes;
    std::atomic<std::size_t> m_next{0};
    protocol::Seq m_announced; ///< the newest event that wake() was called for
    std::size_t m_notDrained = 0;
};

} // namespace prism::realtime
