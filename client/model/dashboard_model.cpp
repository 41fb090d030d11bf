#include "client/model/dashboard_model.h"

#include "client/model/log.h"
#include "client/net/api_client.h"

#include <algorithm>
#include <utility>

namespace prism::model {

using std::chrono::milliseconds;

namespace {

constexpr milliseconds second{1'000};

} // namespace

DashboardModel::DashboardModel(net::ApiClient& api, const net::Options& options, protocol::Period period,
                               QObject* parent)
    : QObject(parent)
    , m_api(api)
    , m_clock(options.clock)
    , m_timing(options.timing)
    , m_period(period)
{
    m_fetchTimer.setSingleShot(true);
    m_fetchTimer.setTimerType(Qt::PreciseTimer);
    m_ageTimer.setInterval(std::min(second, m_timing.grace));
    m_idleTimer.setInterval(m_timing.refreshInterval);
    connect(&m_fetchTimer, &QTimer::timeout, this, &DashboardModel::fetch);
    connect(&m_ageTimer, &QTimer::timeout, this, &DashboardModel::freshnessChanged);
    connect(&m_idleTimer, &QTimer::timeout, this, [this] {
        if (m_live)
            schedule();
    });
    m_idleTimer.start();
}

void DashboardModel::setPeriod(protocol::Period period)
{
    if (period == m_period)
        return;
    m_period = period;
    emit periodChanged(period);
    markDirty();
    refresh();
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
    show(dashboard, {});
    updateFreshness();
}

void DashboardModel::refresh()
{
    m_fetchTimer.stop();
    if (m_inFlight == m_period)
        m_again = true;
    else
        fetch();
}

void DashboardModel::noteEvents(const protocol::Position& latest)
{
    m_wanted = latest;
    markDirty();
    schedule();
}

void DashboardModel::setLive(bool live, milliseconds lastHeard)
{
    if (live == m_live)
        return;
    if (m_live && !m_dirtySince)
        m_confirmed = std::max(m_confirmed, lastHeard);
    m_live = live;
    updateFreshness();
}

void DashboardModel::schedule()
{
    if (m_inFlight == m_period || m_fetchTimer.isActive())
        return; // the answer under way schedules the next one if it has to
    const milliseconds sinceLast = m_lastFetch ? m_clock.elapsed() - *m_lastFetch : m_timing.refreshGap;
    m_fetchTimer.start(std::clamp(m_timing.refreshGap - sinceLast, milliseconds(0), m_timing.refreshGap));
}

void DashboardModel::startOver()
{
    m_wanted.reset();
    m_etag.clear();
    refresh();
}

void DashboardModel::fetch()
{
    const protocol::Period period = m_period;
    const milliseconds asked = m_clock.elapsed();
    const int request = ++m_request;
    m_inFlight = period;
    m_again = false;
    m_lastFetch = asked;
    const bool conditional = m_dashboard && m_dashboard->period == period;
    m_api.get(QStringLiteral("/api/v1/analytics/dashboard"),
              QUrlQuery({{QStringLiteral("period"), protocol::toString(period)}}),
              conditional ? m_etag : QByteArray(), this, [this, period, asked, request](const auto& answer) {
                  if (request == m_request)
                      onAnswer(period, asked, answer);
              });
}

void DashboardModel::onAnswer(protocol::Period period, milliseconds asked,
                              const protocol::Result<net::Answer>& answer)
{
    m_inFlight.reset();
    if (period != m_period)
        return; // another one was chosen meanwhile
    if (!answer)
        return fail(answer.error());
    if (!answer->notModified) {
        const auto dashboard = protocol::dashboardFromJson(answer->data.toObject());
        if (!dashboard)
            return fail(dashboard.error());
        m_rememberedFrom.reset();
        show(*dashboard, answer->etag);
    }
    m_confirmed = asked;
    if (std::exchange(m_lastError, std::nullopt))
        emit lastErrorChanged();

    const bool included = !m_wanted || (m_dashboard && (m_dashboard->position.epoch != m_wanted->epoch ||
                                                        m_dashboard->position.seq >= m_wanted->seq));
    if (included)
        m_dirtySince.reset();
    else if (m_dirtySince)
        m_dirtySince = std::max(*m_dirtySince, asked); // what it lacks came later than the question
    if (m_again || !included)
        schedule();
    updateFreshness();
}

void DashboardModel::show(const protocol::Dashboard& dashboard, const QByteArray& etag)
{
    m_dashboard = dashboard;
    m_etag = etag;
    emit changed();
}

void DashboardModel::fail(const protocol::Error& error)
{
    qCInfo(modelLog) << "dashboard:" << error.message;
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
