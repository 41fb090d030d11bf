#include "server/api/analytics_api.h"

#include "server/analytics/dashboard_numbers.h"
#include "server/api/analytics_query.h"
#include "server/api/answers.h"
#include "server/api/dashboard_reader.h"

namespace prism::api {

using analytics::DashboardBuilder;
using analytics::Window;
using http::Reply;
using http::Request;
using http::Response;
using protocol::Failure;
using protocol::Period;
using protocol::Position;
using protocol::Result;
using protocol::Role;

AnalyticsApi::AnalyticsApi(const Context& context, http::Router& router)
    : m_context(context)
{
    router.add("GET", "/api/v1/analytics/dashboard", Role::Viewer, *this, &AnalyticsApi::dashboard);
    router.add("GET", "/api/v1/analytics/usage", Role::Viewer, *this, &AnalyticsApi::usage);
    router.add("GET", "/api/v1/analytics/quality", Role::Viewer, *this, &AnalyticsApi::quality);
    router.add("GET", "/api/v1/analytics/performance", Role::Viewer, *this, &AnalyticsApi::performance);
    router.add("GET", "/api/v1/analytics/cache/stats", Role::Viewer, *this, &AnalyticsApi::cacheStats);
    router.add("DELETE", "/api/v1/analytics/cache", Role::Admin, *this, &AnalyticsApi::clearCache);
}

void AnalyticsApi::dashboard(const Request& request, const Reply& reply) const
{
    QueryReader query(request);
    const Period period = query.period(Period::Week);
    const Moment moment = readMoment(query);
    if (const auto error = query.error())
        return reply(failure(request.id, *error));
    const Window window = moment.window(period, m_context.zone);
    const store::Snapshot snapshot(m_context.database);
    DashboardReader reader(m_context.database, m_context.numbers, m_context.dashboards, m_context.epoch,
                           m_context.zone);
    const Result<Position> now = reader.position();
    if (!now)
        return reply(failure(request.id, now.error()));

    const QByteArray tag = DashboardReader::tagOf(*now, window, moment.isAsked);
    Response response;
    if (hasAlready(request, tag)) {
        response.status = 304;
    } else if (moment.isAsked) {
        const Result<protocol::Dashboard> dashboard = reader.compute(window, *now);
        if (!dashboard)
            return reply(failure(request.id, dashboard.error()));
        response = success(request, toJson(*dashboard));
    } else {
        const Result<QByteArray> data = reader.encoded(window, *now, tag);
        if (!data)
            return reply(failure(request.id, data.error()));
        response = success(request, *data);
    }
    response.addHeader("ETag", tag);
    response.addHeader("Cache-Control", "no-cache");
    reply(response);
}

void AnalyticsApi::usage(const Request& request, const Reply& reply) const
{
    answer(request, reply, &DashboardBuilder::usage);
}

void AnalyticsApi::quality(const Request& request, const Reply& reply) const
{
    answer(request, reply, &DashboardBuilder::quality);
}

void AnalyticsApi::performance(const Request& request, const Reply& reply) const
{
    answer(request, reply, &DashboardBuilder::performance);
}

template <typename Part>
void AnalyticsApi::answer(const Request& request, const Reply& reply,
                          Result<Part> (DashboardBuilder::*part)(const Window&)) const
{
    QueryReader query(request);
    const Period period = query.period(Period::Week);
    const Moment moment = readMoment(query);
    if (const auto error = query.error())
        return reply(failure(request.id, *error));
    const store::Snapshot snapshot(m_context.database);
    const Result<Position> now = readPosition(m_context);
    if (!now)
        return reply(failure(request.id, now.error()));
    DashboardBuilder builder(m_context.numbers, m_context.zone);
    const Result<Part> numbers = (builder.*part)(moment.window(period, m_context.zone));
    if (!numbers)
        return reply(failure(request.id, numbers.error()));
    QJsonObject data = toJson(*numbers);
    data.insert(QLatin1String("period"), protocol::toString(period));
    addOrigin(data, moment.time, *now, m_context.numbers.isApproximate());
    reply(success(request, data));
}

void AnalyticsApi::cacheStats(const Request& request, const Reply& reply) const
{
    const DashboardCache::Figures figures = m_context.dashboards.figures();
    const qint64 asked = figures.hits + figures.misses;
    const auto rate = asked > 0 ? std::optional(double(figures.hits) / double(asked)) : std::nullopt;
    reply(success(request, QJsonObject{{QLatin1String("hits"), figures.hits},
                                       {QLatin1String("misses"), figures.misses},
                                       {QLatin1String("hitRate"), analytics::wireValue(rate, true)},
                                       {QLatin1String("entries"), figures.entries},
                                       {QLatin1String("bytes"), figures.bytes}}));
}

void AnalyticsApi::clearCache(const Request& request, const Reply& reply) const
{
    const qint64 cleared = m_context.dashboards.clear();
    reply(
        success(request, QJsonObject{{QLatin1String("cleared"), cleared},
                                     {QLatin1String("message"), QStringLiteral("The cache was cleared.")}}));
}

} // namespace prism::api
