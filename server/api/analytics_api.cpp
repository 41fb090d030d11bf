#include "server/api/analytics_api.h"

#include "server/api/dashboard_reader.h"
#include "server/api/guard.h"
#include "shared/protocol/try.h"

namespace prism::api {

using analytics::DashboardBuilder;
using analytics::Window;
using http::Request;
using http::Response;
using protocol::Period;
using protocol::Result;
using protocol::Role;
using protocol::WindowNumbers;

AnalyticsApi::AnalyticsApi(const Numbers& numbers, DashboardCache& dashboards, Routes& routes)
    : m_numbers(numbers)
    , m_dashboards(dashboards)
{
    routes.add("GET", "/api/v1/analytics/dashboard", Role::Viewer, *this, &AnalyticsApi::dashboard,
               {"period", "at"});
    routes.add("GET", "/api/v1/analytics/usage", Role::Viewer, *this, &AnalyticsApi::usage, {"period", "at"});
    routes.add("GET", "/api/v1/analytics/quality", Role::Viewer, *this, &AnalyticsApi::quality,
               {"period", "at"});
    routes.add("GET", "/api/v1/analytics/performance", Role::Viewer, *this, &AnalyticsApi::performance,
               {"period", "at"});
    routes.add("GET", "/api/v1/analytics/cache/stats", Role::Viewer, *this, &AnalyticsApi::cacheStats);
    routes.add("DELETE", "/api/v1/analytics/cache", Role::Admin, *this, &AnalyticsApi::clearCache);
}

Result<Response> AnalyticsApi::dashboard(const Request& request) const
{
    QueryReader query(request);
    const Period period = query.period(Period::Week);
    WindowReading reading(m_numbers, query);
    PRISM_TRY(query.check());
    PRISM_TRY(reading.begin());

    const DashboardReader reader(reading, period);
    const QByteArray tag = reader.tag();
    const http::Validator validator{tag, {}};
    Response response;
    if (hasAlready(request, validator)) {
        response.status = 304;
    } else if (reading.isOfAMoment()) {
        PRISM_TRY_ASSIGN(const protocol::Dashboard& dashboard, reader.dashboard());
        response = success(request, toJson(dashboard));
    } else {
        PRISM_TRY_ASSIGN(const QByteArray data, reader.encoded(m_dashboards, tag));
        response = success(request, data);
    }
    addValidator(response, validator);
    return response;
}

Result<WindowNumbers<protocol::Usage>> AnalyticsApi::usage(const Request& request) const
{
    return read(request, &DashboardBuilder::usage);
}

Result<WindowNumbers<protocol::Quality>> AnalyticsApi::quality(const Request& request) const
{
    return read(request, &DashboardBuilder::quality);
}

Result<WindowNumbers<protocol::Performance>> AnalyticsApi::performance(const Request& request) const
{
    return read(request, &DashboardBuilder::performance);
}

template <typename Part>
Result<WindowNumbers<Part>> AnalyticsApi::read(const Request& request,
                                               Result<Part> (DashboardBuilder::*part)(const Window&)) const
{
    QueryReader query(request);
    const Period period = query.period(Period::Week);
    WindowReading reading(m_numbers, query);
    PRISM_TRY(query.check());
    PRISM_TRY(reading.begin());
    DashboardBuilder builder(reading.rollups(), reading.zone());
    PRISM_TRY_ASSIGN(const Part& numbers, (builder.*part)(reading.window(period)));
    return WindowNumbers<Part>{numbers, period, reading.origin()};
}

DashboardCache::Figures AnalyticsApi::cacheStats(const Request& /*request*/) const
{
    return m_dashboards.figures();
}

Result<Response> AnalyticsApi::clearCache(const Request& request) const
{
    PRISM_TRY(Guard(request, {}).checkUnstored());
    return told(request, QStringLiteral("The cache was cleared."),
                {{QLatin1String("cleared"), m_dashboards.clear()}});
}

} // namespace prism::api
