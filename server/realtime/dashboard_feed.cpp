#include "server/realtime/dashboard_feed.h"

#include "server/realtime/frame.h"
#include "shared/protocol/event.h"

#include <QLoggingCategory>

Q_LOGGING_CATEGORY(lcFeed, "prism.realtime.feed")

namespace prism::realtime {

using protocol::Period;

DashboardFeed::DashboardFeed(DashboardSourceFactory makeSource, std::chrono::milliseconds interval,
                             Deliver deliver)
    : m_makeSource(std::move(makeSource))
    , m_interval(interval)
    , m_deliver(std::move(deliver))
    , m_thread([this] { run(); })
{
}

DashboardFeed::~DashboardFeed()
{
    stop();
}

void DashboardFeed::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_all();
    if (m_thread.joinable())
        m_thread.join();
}

void DashboardFeed::changed()
{
    const std::lock_guard lock(m_mutex);
    if (m_changed || m_lookers.empty())
        return;
    m_changed = true;
    m_wake.notify_all();
}

std::shared_ptr<void> DashboardFeed::look(Period period)
{
    const std::lock_guard lock(m_mutex);
    ++m_lookers[period];
    m_asked.insert(period);
    m_wake.notify_all();
    return {this, [period](DashboardFeed* feed) { feed->leave(period); }};
}

void DashboardFeed::leave(Period period)
{
    const std::lock_guard lock(m_mutex);
    if (--m_lookers[period] == 0)
        m_lookers.erase(period);
}

/// What waits to be computed. Call under the lock.
std::set<Period> DashboardFeed::due()
{
    std::set<Period> periods;
    for (const auto& [period, lookers] : m_lookers) {
        if (m_changed || m_asked.contains(period))
            periods.insert(period);
    }
    m_changed = false;
    m_asked.clear();
    return periods;
}

void DashboardFeed::run()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_wake.wait(lock, [this] { return m_stopping || m_changed || !m_asked.empty(); });
        if (m_stopping)
            break;
        const std::set<Period> periods = due();
        lock.unlock();
        compute(periods);
        lock.lock();
        m_wake.wait_for(lock, m_interval, [this] { return m_stopping; });
    }
    m_source = {};
}

void DashboardFeed::compute(const std::set<Period>& periods)
{
    if (!m_source && m_makeSource)
        m_source = m_makeSource();
    if (!m_source)
        return;
    for (const Period period : periods) {
        const auto dashboard = m_source(period);
        if (!dashboard) {
            qCInfo(lcFeed).noquote() << "no dashboard to push:" << dashboard.error().message;
            continue;
        }
        const QByteArray message =
            protocol::encodeEvent(protocol::message_type::update, 0, dashboard->bytes, protocol::now());
        m_deliver(period, std::make_shared<EncodedDashboard>(
                              EncodedDashboard{dashboard->seq, textFrame(message), dashboard->noise}));
    }
}

} // namespace prism::realtime
