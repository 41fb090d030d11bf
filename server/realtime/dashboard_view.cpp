#include "server/realtime/dashboard_view.h"

#include <utility>

namespace prism::realtime {

void DashboardView::look(std::optional<protocol::Period> period)
{
    m_period = period;
    m_waiting.reset();
    m_newest = -1;
    m_look = period ? m_feed.look(*period) : nullptr;
}

void DashboardView::offer(protocol::Period period, const DashboardPtr& dashboard)
{
    const bool isNewer =
        dashboard->seq > m_newest || (dashboard->seq == m_newest && dashboard->noise != m_noise);
    if (m_period != period || !isNewer)
        return;
    m_newest = dashboard->seq;
    m_noise = dashboard->noise;
    m_waiting = dashboard;
}

DashboardPtr DashboardView::take()
{
    return std::exchange(m_waiting, nullptr);
}

} // namespace prism::realtime
