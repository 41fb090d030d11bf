#pragma once

#include "shared/protocol/error.h"
#include "shared/protocol/period.h"
#include "shared/protocol/position.h"

#include <QByteArray>

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <thread>

namespace prism::realtime {

/// A dashboard as of one position.
struct EncodedDashboard
{
    protocol::Seq seq = 0;
    QByteArray bytes;  ///< JSON from a source; a whole unmasked WebSocket text frame for a session
    quint64 noise = 0; ///< what its verdicts are made of
};

using DashboardPtr = std::shared_ptr<const EncodedDashboard>;

/// Computes the dashboard of a period from all that was committed.
using DashboardSource = std::function<protocol::Result<EncodedDashboard>(protocol::Period)>;

/// Makes a source on the thread that will use it.
using DashboardSourceFactory = std::function<DashboardSource()>;

/// Keeps the periods that sessions look at up to date: after a change each is computed and encoded once,
/// however many sessions look, and not more often than its interval. Has a thread of its own, which makes its
/// source when somebody looks for the first time.
class DashboardFeed
{
public:
    /// Called on the feed's thread.
    using Deliver = std::function<void(protocol::Period, const DashboardPtr&)>;

    DashboardFeed(DashboardSourceFactory makeSource, std::chrono::milliseconds interval, Deliver deliver);
    ~DashboardFeed();
    DashboardFeed(const DashboardFeed&) = delete;
    DashboardFeed& operator=(const DashboardFeed&) = delete;

    /// Something was committed, or numbers are judged otherwise. From any thread; costs next to nothing while
    /// nobody looks.
    void changed();

    /// Delivers this period now, and after each change for as long as what is returned lives, which the feed
    /// outlives. From any thread.
    std::shared_ptr<void> look(protocol::Period period);

    /// Joins the thread; nothing is delivered any more.
    void stop();

private:
    void run();
    void compute(const std::set<protocol::Period>& periods);
    void leave(protocol::Period period);
    std::set<protocol::Period> due();

    const DashboardSourceFactory m_makeSource;
    const std::chrono::milliseconds m_interval;
    const Deliver m_deliver;
    DashboardSource m_source; ///< of the feed's thread
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::map<protocol::Period, int> m_lookers;
    std::set<protocol::Period> m_asked;
    bool m_changed = false;
    bool m_stopping = false;
    std::thread m_thread;
};

} // namespace prism::realtime
