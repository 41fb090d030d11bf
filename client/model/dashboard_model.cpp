#include "client/model/dashboard_model.h"

#include "client/model/log.h"

#include <algorithm>
#include <utility>

namespace prism::model {

using std::chrono::milliseconds;

namespace {

constexpr milliseconds second{1'000};

} // namespace

DashboardModel::DashboardModel(net::Api& api, const net::Options& options, protocol::Period period,
                               QObject* parent)
    : QObject(parent)
    , m_clock(options.clock)
    , m_timing(options.timing)
    , m_period(period)
    , m_numbers(api, &net::Api::dashboard, options, options.timing.refreshGap,
                [this](const auto&, auto asked, const Numbers::Answer& answer) { onAnswer(asked, answer); })
{
    m_ageTimer.setInterval(std::min(second, m_timing.grace));
    m_idleTimer.setInterval(m_timing.refreshInterval);
    connect(&m_ageTimer, &QTimer::timeout, this, &DashboardModel::freshnessChanged);
    connect(&m_idleTimer, &QTimer::timeout, this, [this] {
        if (m_live && !m_isTold)
            schedule();
    });
    m_idleTimer.start();
    m_silence.setSingleShot(true);
    m_silence.setInterval(m_timing.tellLimit);
    connect(&m_silence, &QTimer::timeout, this, &DashboardModel::onSilence);
}

void DashboardModel::setPeriod(protocol::Period period)
{
    if (period == m_period)
        return;
    m_period = period;
    emit periodChanged(period);
    markDirty();
    if (!m_isTold)
        return m_numbers.askNow({period});
    m_numbers.forget();
    m_silence.start();
}

std::optional<milliseconds> DashboardModel::age() const
{
    if (!m_dashboard)
        return std::nullopt;
    if (m_live && !m_dirtySince)
        return milliseconds(0);
    const milliseconds known = m_live ? *m_dirtySince : m_confirmed;
    return std::max(m_clock.elapsed() - known, milliseconds(0));
}

bool DashboardModel::isStale() const
{
    return m_dashboard && (m_rememberedFrom || *age() >= m_timing.grace);
}

void DashboardModel::restore(const protocol::Dashboard& dashboard, protocol::Timestamp seenAt)
{
    if (m_dashboard || dashboard.period != m_period)
        return;
    m_rememberedFrom = seenAt;
    m_confirmed = m_clock.elapsed() - std::max(m_clock.now() - seenAt, milliseconds(0));
    m_dirtySince = m_confirmed; // a connection alone does not make it true again
    show(dashboard);
    updateFreshness();
}

void DashboardModel::refresh()
{
    if (m_numbers.isUnderWay())
        m_numbers.ask({m_period}); // once more, whatever the answer includes
    else
        m_numbers.askNow({m_period});
}

void DashboardModel::noteEvents(const protocol::Position& latest)
{
    m_wanted = latest;
    if (includesAll() && !m_rememberedFrom)
        return; // the numbers came before their event
    markDirty();
    if (!m_isTold)
        schedule();
    else if (!m_silence.isActive())
        m_silence.start();
}

void DashboardModel::tell(const protocol::Dashboard& dashboard)
{
    if (!m_live || dashboard.period != m_period)
        return;
    m_isTold = true;
    m_silence.stop();
    m_numbers.forget(); // an answer that is on its way is of before
    if (isOlderThanShown(dashboard))
        return;
    m_rememberedFrom.reset();
    const milliseconds before = std::exchange(m_confirmed, m_clock.elapsed());
    show(dashboard);
    confirm(before); // what it lacks came later than what was told before it
    if (m_dirtySince)
        m_silence.start();
}

void DashboardModel::onSilence()
{
    if (!m_live)
        return;
    m_isTold = false;
    refresh();
}

bool DashboardModel::isOlderThanShown(const protocol::Dashboard& dashboard) const
{
    return m_dashboard && !m_rememberedFrom && m_dashboard->period == dashboard.period &&
           m_dashboard->position.epoch == dashboard.position.epoch &&
           m_dashboard->position.seq > dashboard.position.seq;
}

void DashboardModel::setLive(bool live, milliseconds lastHeard)
{
    if (live == m_live)
        return;
    if (m_live && !m_dirtySince)
        m_confirmed = std::max(m_confirmed, lastHeard);
    m_live = live;
    m_isTold = false;
    if (live)
        m_silence.start();
    else
        m_silence.stop();
    updateFreshness();
}

void DashboardModel::schedule()
{
    if (!m_numbers.isUnderWay())
        m_numbers.ask({m_period}); // else the answer decides whether it has to be
}

void DashboardModel::startOver()
{
    m_wanted.reset();
    m_numbers.forgetAnswer();
    refresh();
}

void DashboardModel::onAnswer(milliseconds asked, const Numbers::Answer& answer)
{
    if (!answer)
        return fail(answer.error());
    if (answer->value && !isOlderThanShown(*answer->value)) {
        m_rememberedFrom.reset();
        show(*answer->value);
    }
    m_confirmed = std::max(m_confirmed, asked);
    confirm(asked); // what it lacks came later than the question
    if (!includesAll() && !m_isTold)
        schedule();
}

bool DashboardModel::includesAll() const
{
    return !m_wanted || (m_dashboard && (m_dashboard->position.epoch != m_wanted->epoch ||
                                         m_dashboard->position.seq >= m_wanted->seq));
}

/// The server said how the numbers are; what that lacks happened after `when`.
void DashboardModel::confirm(milliseconds when)
{
    if (std::exchange(m_lastError, std::nullopt))
        emit lastErrorChanged();
    if (includesAll())
        m_dirtySince.reset();
    else if (m_dirtySince)
        m_dirtySince = std::max(*m_dirtySince, when);
    updateFreshness();
}

void DashboardModel::show(const protocol::Dashboard& dashboard)
{
    m_dashboard = dashboard;
    emit changed();
}

void DashboardModel::fail(const protocol::Error& error)
{
    qCInfo(modelLog) << "dashboard:" << error.message << error.details;
    m_lastError = error;
    markDirty();
    emit lastErrorChanged();
    updateFreshness();
    if (m_live)
        QTimer::singleShot(m_timing.firstRetry, this, &DashboardModel::schedule);
}

void DashboardModel::markDirty()
{
    if (m_dirtySince)
        return; // and the age grows already
    m_dirtySince = m_clock.elapsed();
    updateFreshness();
}

void DashboardModel::updateFreshness()
{
    const bool grows = m_dashboard && (!m_live || m_dirtySince);
    if (grows && !m_ageTimer.isActive())
        m_ageTimer.start();
    else if (!grows)
        m_ageTimer.stop();
    emit freshnessChanged();
}

} // namespace prism::model
