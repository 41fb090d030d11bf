#include "client/model/feed_model.h"

#include "client/model/dashboard_model.h"

#include <utility>

namespace prism::model {

namespace {

constexpr qsizetype keptRecoveries = 100;
constexpr std::chrono::milliseconds tick{1'000};

} // namespace

FeedModel::FeedModel(net::LiveFeed& feed, const DashboardModel& dashboard, const net::Options& options,
                     QObject* parent)
    : QObject(parent)
    , m_feed(feed)
    , m_dashboard(dashboard)
    , m_options(options)
{
    m_graceTimer.setSingleShot(true);
    m_graceTimer.setInterval(options.timing.grace);
    m_tick.setInterval(tick);
    m_burst.setSingleShot(true);
    m_burst.setInterval(options.timing.refreshGap);
    connect(&m_burst, &QTimer::timeout, this, [this] {
        if (std::exchange(m_untold, false))
            onEvents();
    });
    connect(&m_graceTimer, &QTimer::timeout, this, &FeedModel::onGrace);
    connect(&m_tick, &QTimer::timeout, this, &FeedModel::changed);
    connect(&feed, &net::LiveFeed::stateChanged, this, &FeedModel::onState);
    connect(&feed, &net::LiveFeed::recovered, this, &FeedModel::onRecovered);
    connect(&feed, &net::LiveFeed::reloadNeeded, this, &FeedModel::onReloadNeeded);
    connect(&feed, &net::LiveFeed::events, this, &FeedModel::onEvents);
    connect(&dashboard, &DashboardModel::freshnessChanged, this, &FeedModel::onFreshness);
    m_graceTimer.start(); // the first connection may fail as well
}

std::optional<std::chrono::milliseconds> FeedModel::dataAge() const
{
    return m_dashboard.age();
}

void FeedModel::onState(net::FeedState state)
{
    if (state == net::FeedState::Live) {
        m_graceTimer.stop();
        m_tick.stop();
        m_bannerVisible = false;
    } else {
        if (!m_bannerVisible && !m_graceTimer.isActive())
            m_graceTimer.start();
        m_tick.start();
    }
    const bool answered = state == net::FeedState::Live || state == net::FeedState::Polling;
    if (answered && !m_completeSince)
        m_completeSince = m_options.clock.now();
    emit stateChanged(state);
    emit changed();
}

void FeedModel::onEvents()
{
    if (m_burst.isActive()) {
        m_untold = true;
        return;
    }
    m_burst.start();
    emit changed();
}

/// While it is live that comes with every event.
void FeedModel::onFreshness()
{
    if (state() == net::FeedState::Live)
        onEvents();
    else
        emit changed();
}

void FeedModel::onGrace()
{
    m_bannerVisible = true;
    emit changed();
}

/// What came before was not complete, or was another log's.
void FeedModel::onReloadNeeded()
{
    if (!m_completeSince)
        return;
    m_completeSince = m_options.clock.now();
    emit changed();
}

void FeedModel::onRecovered(const net::Recovery& recovery)
{
    m_recoveries.prepend(recovery);
    if (m_recoveries.size() > keptRecoveries)
        m_recoveries.removeLast();
    if (!recovery.complete)
        m_completeSince = recovery.back;
    emit recovered(recovery);
    emit changed();
}

} // namespace prism::model
