#include "server/api/analytics_api.h"

#include "server/api/dashboard_reader.h"
#include "server/api/guard.h"
#include "shared/protocol/try.h"

namespace prism::api {

using analytics::DashboardBuilder;
using analytics::Window;
using http::Reply;
using http::Request;
using http::Response;
using protocol::Period;
using protocol::Result;
using protocol::Role;
using protocol::WindowNumbers;

AnalyticsApi::AnalyticsApi(const Reads& reads, DashboardCache& dashboards, const NoiseBook& noise,
                           const realtime::Publisher& publisher, const QString& epoch, const QTimeZone& zone,
                           qsizetype mostProjects, Routes& routes)
    : m_reads(reads)
    , m_dashboards(dashboards)
    , m_noise(noise)
    , m_publisher(publisher)
    , m_epoch(epoch)
    , m_zone(zone)
    , m_mostProjects(mostProjects)
{
    routes.add("GET", "/api/v1/analytics/dashboard", http::orLimited(Role::Viewer), *this,
               &AnalyticsApi::dashboard, {"period", "at", "project"});
    routes.add("GET", "/api/v1/analytics/usage", http::orLimited(Role::Viewer), *this, &AnalyticsApi::usage,
               {"period", "at", "project"});
    routes.add("GET", "/api/v1/analytics/quality", http::orLimited(Role::Viewer), *this,
               &AnalyticsApi::quality, {"period", "at", "project"});
    routes.add("GET", "/api/v1/analytics/performance", http::orLimited(Role::Viewer), *this,
               &AnalyticsApi::performance, {"period", "at", "project"});
    routes.add("GET", "/api/v1/analytics/cache/stats", Role::Viewer, *this, &AnalyticsApi::cacheStats);
    routes.add("DELETE", "/api/v1/analytics/cache", Role::Admin, *this, &AnalyticsApi::clearCache);
}

Result<void> AnalyticsApi::dashboard(const Request& request, const Reply& reply) const
{
    QueryReader query(request);
    const Period period = query.period(Period::Week);
    const Moment moment = Moment::of(query);
    const QStringList projects = query.projects(m_mostProjects);
    PRISM_TRY(query.check());
    if (!moment.asked) {
        if (auto known = knownDashboard(request, period, projects)) {
            reply(std::move(*known));
            return {};
        }
    }
    return m_reads.submit(request, reply, moment.effort(),
                          [request, period, moment, projects,
                           &dashboards = m_dashboards](const Reading& reader) -> Result<Response> {
                              WindowReading reading(reader.numbers, moment, projects);
                              PRISM_TRY(reading.begin());
                              const DashboardReader made(reading, period);
                              const QByteArray tag = made.tag();
                              if (hasAlready(request, {tag, {}}))
                                  return tagged(Response{304, {}, {}}, tag);
                              if (!moment.asked) {
                                  PRISM_TRY_ASSIGN(const QByteArray data, made.encoded(dashboards, tag));
                                  return tagged(success(request, data), tag);
                              }
                              PRISM_TRY_ASSIGN(const protocol::Dashboard& dashboard, made.dashboard());
                              return tagged(success(request, toJson(dashboard)), tag);
                          });
}

/// The dashboard of the newest event, where it was computed already. What is acknowledged is published.
std::optional<Response> AnalyticsApi::knownDashboard(const Request& request, Period period,
                                                     const QStringList& projects) const
{
    const Window window = Window::make(period, protocol::now(), m_zone, false);
    const QByteArray tag = dashboardTag({m_epoch, m_publisher.backlog().head()}, window, false,
                                        m_noise.newest(period, projects).hash, projects);
    if (hasAlready(request, {tag, {}}))
        return tagged(Response{304, {}, {}}, tag);
    const auto data = m_dashboards.peek({period, projects}, tag);
    return data ? std::optional(tagged(success(request, *data), tag)) : std::nullopt;
}

Result<void> AnalyticsApi::usage(const Request& request, const Reply& reply) const
{
    return read(request, reply, &DashboardBuilder::usage);
}

Result<void> AnalyticsApi::quality(const Request& request, const Reply& reply) const
{
    return read(request, reply, &DashboardBuilder::quality);
}

Result<void> AnalyticsApi::performance(const Request& request, const Reply& reply) const
{
    return read(request, reply, &DashboardBuilder::performance);
}

template <typename Part>
Result<void> AnalyticsApi::read(const Request& request, const Reply& reply,
                                Result<Part> (DashboardBuilder::*part)(const Window&)) const
{
    QueryReader query(request);
    const Period period = query.period(Period::Week);
    const Moment moment = Moment::of(query);
    const QStringList projects = query.projects(m_mostProjects);
    PRISM_TRY(query.check());
    return m_reads.submit(
        request, reply, moment.effort(),
        [period, moment, projects, part](const Reading& reader) -> Result<WindowNumbers<Part>> {
            WindowReading reading(reader.numbers, moment, projects);
            PRISM_TRY(reading.begin());
            DashboardBuilder builder(reading.rollups(), reading.zone(), reading.findings());
            PRISM_TRY_ASSIGN(const Part& numbers, (builder.*part)(reading.window(period)));
            return WindowNumbers<Part>{numbers, period, reading.origin()};
        });
}

DashboardCache::Figures AnalyticsApi::cacheStats(const Request& /*request*/) const
{
    return m_dashboards.figures();
}

Response AnalyticsApi::clearCache(const Request& request) const
{
    if (const auto refusal = Guard(request, {}).refusalUnstored(request.id))
        return *refusal;
    return told(request, QStringLiteral("The cache was cleared."),
                {{QLatin1String("cleared"), m_dashboards.clear()}});
}

} // namespace prism::api
