#pragma once

#include "server/realtime/publisher.h"
#include "server/realtime/sessions.h"

#include <QThread>

#include <vector>

namespace prism::realtime {

/// The threads of the push side: owns the session workers, and what computes the dashboards that they push.
/// Lives on the main thread, and is called on no other; others publish by the Publisher and open sessions by
/// sessions().
class Hub : public QObject
{
    Q_OBJECT

public:
    /// `publisher` and `unsent`, in which what waits for the clients counts, are borrowed. Without
    /// `makeUpdates` none are pushed.
    Hub(int workers, const QString& epoch, const Publisher& publisher, const Settings& settings,
        const EventSourceFactory& makeSource, const UpdateSourceFactory& makeUpdates, io::ByteBudget& unsent);
    ~Hub() override;

    /// Starts the threads and waits until each of them has its source; Unavailable when one cannot.
    protocol::Result<void> start();

    /// For any thread, until stop().
    Sessions& sessions() { return *m_sessions; }

    /// What is looked at changed though nothing was committed. For any thread, until stop().
    void refreshViews() { m_views.changed(); }

    /// Closes every session with 1001; drained() follows.
    void drain();

    /// Ends every session and joins the threads. Nothing is published any more.
    void stop();

signals:
    void drained();

private:
    struct Lane
    {
        std::unique_ptr<QThread> thread;
        std::unique_ptr<SessionWorker> worker;
    };

    ViewFeed m_views; ///< outlives the sessions; quiet before they go
    std::vector<Lane> m_lanes;
    std::unique_ptr<Sessions> m_sessions;
    std::size_t m_notDrained = 0;
};

} // namespace prism::realtime
