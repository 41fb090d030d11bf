#pragma once

#include "server/realtime/dashboard_feed.h"

#include <optional>

namespace prism::realtime {

/// Which period's dashboard a client looks at, and the newest of them as long as it has not been sent.
/// Belongs to its session's thread; the feed is borrowed.
class DashboardView
{
public:
    explicit DashboardView(DashboardFeed& feed)
        : m_feed(feed)
    {
    }

    /// From now on this period's; null for none.
    void look(std::optional<protocol::Period> period);

    /// Takes a dashboard that is of the period and newer than what there was, or judged otherwise.
    void offer(protocol::Period period, const DashboardPtr& dashboard);

    bool isWaiting() const { return m_waiting != nullptr; }

    /// The one that waits; it is sent.
    DashboardPtr take();

private:
    DashboardFeed& m_feed;
    std::optional<protocol::Period> m_period;
    std::shared_ptr<void> m_look;
    DashboardPtr m_waiting;
    protocol::Seq m_newest = -1;
    quint64 m_noise = 0; ///< of that
};

} // namespace prism::realtime
