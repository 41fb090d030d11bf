#include "server/api/dashboard_reader.h"

#include "server/analytics/dashboard.h"
#include "server/store/tables/alert_reader.h"
#include "shared/protocol/json_writer.h"
#include "shared/protocol/try.h"

#include <QCryptographicHash>

namespace prism::api {

using protocol::Result;

namespace {

constexpr int mostAlerts = 50;

} // namespace

Result<protocol::Dashboard> DashboardReader::dashboard() const
{
    analytics::DashboardBuilder builder(m_reading.rollups(), m_reading.zone(), m_reading.findings());
    PRISM_TRY_ASSIGN(protocol::Dashboard dashboard, builder.dashboard(m_window, known()));
    PRISM_TRY_ASSIGN(dashboard.alerts, newestAlerts());
    dashboard.position = m_reading.position();
    return dashboard;
}

Result<std::optional<protocol::Dashboard>> DashboardReader::dashboardBefore() const
{
    analytics::DashboardBuilder builder(m_reading.rollups(), m_reading.zone(), m_reading.findings());
    PRISM_TRY_ASSIGN(const bool isKnown, builder.hasBaseline(m_window));
    if (!isKnown)
        return std::optional<protocol::Dashboard>();
    PRISM_TRY_ASSIGN(protocol::Dashboard dashboard, builder.dashboard(m_window.before(), known()));
    return std::optional(std::move(dashboard));
}

Result<analytics::Assessments> DashboardReader::assessments() const
{
    return analytics::DashboardBuilder(m_reading.rollups(), m_reading.zone(), m_reading.findings())
        .assessments(m_window, known());
}

analytics::KnownNoise DashboardReader::known() const
{
    return {m_noise.noise,
            m_reading.isOfAMoment() ? protocol::NoVerdict::Past : protocol::NoVerdict::NotReady};
}

Result<QList<protocol::Alert>> DashboardReader::newestAlerts() const
{
    store::AlertQuery query;
    query.from = m_window.span.from;
    query.to = m_window.span.to;
    query.limit = mostAlerts;
    query.projects = m_reading.projects();
    PRISM_TRY_ASSIGN(const store::AlertPage& page, store::AlertReader(m_reading.database()).list(query));
    return page.alerts;
}

Result<QByteArray> DashboardReader::encoded(DashboardCache& cache, const QByteArray& tag) const
{
    if (const auto cached = cache.find({m_window.period, m_reading.projects()}, tag))
        return *cached;
    PRISM_TRY_ASSIGN(const protocol::Dashboard& made, dashboard());
    const QByteArray data = protocol::writtenJson(toJson(made));
    cache.store({m_window.period, m_reading.projects()}, tag, data);
    return data;
}

QByteArray dashboardTag(const protocol::Position& position, const analytics::Window& window, bool isOfAMoment,
                        quint64 noiseHash, const QStringList& projects)
{
    const auto minute = [](protocol::Timestamp t) {
        return QByteArray::number(protocol::toMillis(t) / 60'000);
    };
    QByteArray tag = "\"" + position.epoch.toLatin1() + '-' + QByteArray::number(qlonglong(position.seq)) +
                     '-' + protocol::toString(window.period).toLatin1() + '-' + minute(window.span.from) +
                     '-' + minute(window.span.to) + '-' + QByteArray::number(noiseHash, 36);
    if (window.previous)
        tag += '-' + minute(window.previous->to);
    if (!projects.isEmpty())
        tag += '-' + QCryptographicHash::hash(projects.join(QChar(0)).toUtf8(), QCryptographicHash::Sha256)
                         .first(12)
                         .toHex();
    if (isOfAMoment)
        return tag + "-at-" + QByteArray::number(protocol::toMillis(window.now)) + '"';
    return tag + '-' + minute(window.now - window.now.time_since_epoch() % std::chrono::minutes(15)) + '"';
}

} // namespace prism::api
