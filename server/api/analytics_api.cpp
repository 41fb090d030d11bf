#include "server/api/analytics_api.h"

#include "server/api/answers.h"
#include "server/store/event_table.h"
#include "server/store/statistics.h"

#include <QJsonDocument>

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

namespace {

/// Says all that an answer depends on: what happened (the position), and where the windows lie, to the
/// minute.
QByteArray tagOf(const Position& position, const Window& window, bool at)
{
    const auto minute = [](protocol::Timestamp t) {
        return QByteArray::number(protocol::toMillis(t) / 60'000);
    };
    QByteArray tag = "\"" + position.epoch.toLatin1() + '-' + QByteArray::number(qlonglong(position.seq)) +
                     '-' + protocol::toString(window.period).toLatin1() + '-' + minute(window.span.from) +
                     '-' + minute(window.span.to);
    if (window.previous)
        tag += '-' + minute(window.previous->to);
    if (at)
        return tag + "-at-" + QByteArray::number(protocol::toMillis(window.now)) + '"';
    return tag + '-' + minute(window.now - window.now.time_since_epoch() % std::chrono::minutes(15)) + '"';
}

} // namespace

AnalyticsApi::AnalyticsApi(const Context& context, http::Router& router)
    : m_context(context)
{
    const QString base = QStringLiteral("/api/v1/analytics");
    const auto route = [&](const char* path, Period fallback, auto compute) {
        router.add({"GET", base + QLatin1String(path),
                    [this, fallback, compute](const Request& request, const Reply& reply) {
                        answer(request, reply, fallback, compute);
                    }});
    };
    const auto json = [](const auto& value) -> Result<QJsonObject> {
        return value ? Result<QJsonObject>(toJson(*value)) : Failure(value.error());
    };
    router.add({"GET", base + QStringLiteral("/dashboard"),
                [this](const Request& request, const Reply& reply) { dashboard(request, reply); }});
    route("/usage", Period::Week,
          [json](DashboardBuilder& builder, const Window& w) { return json(builder.usage(w)); });
    route("/quality", Period::Week,
          [json](DashboardBuilder& builder, const Window& w) { return json(builder.quality(w)); });
    route("/performance", Period::Week,
          [json](DashboardBuilder& builder, const Window& w) { return json(builder.performance(w)); });
    route("/trends/violations", Period::Month, [json](DashboardBuilder& builder, const Window& w) {
        Result<QJsonObject> trend = json(builder.violationsTrend(w));
        if (trend)
            trend->insert(QLatin1String("metric"), QStringLiteral("violations"));
        return trend;
    });
}

void AnalyticsApi::dashboard(const Request& request, const Reply& reply) const
{
    const Result<Window> asked = window(request, Period::Week);
    if (!asked)
        return reply(failure(request.id, asked.error()));
    const bool at = request.parameter(QStringLiteral("at")).has_value();
    const store::Snapshot snapshot(m_context.database);
    const Result<Position> now = position();
    if (!now)
        return reply(failure(request.id, now.error()));

    const QByteArray tag = tagOf(*now, *asked, at);
    Response response;
    if (hasAlready(request, tag)) {
        response.status = 304;
    } else if (const auto cached = m_context.dashboards.find(asked->period, tag)) {
        response = success(request, *cached);
    } else {
        store::Statistics source(m_context.database);
        Result<protocol::Dashboard> dashboard = DashboardBuilder(source, m_context.zone).dashboard(*asked);
        if (!dashboard)
            return reply(failure(request.id, dashboard.error()));
        dashboard->position = *now;
        const QByteArray data = QJsonDocument(toJson(*dashboard)).toJson(QJsonDocument::Compact);
        if (!at)
            m_context.dashboards.store(asked->period, tag, data);
        response = success(request, data);
    }
    response.addHeader("ETag", tag);
    response.addHeader("Cache-Control", "no-cache");
    reply(response);
}

void AnalyticsApi::answer(
    const Request& request, const Reply& reply, Period fallback,
    const std::function<Result<QJsonObject>(DashboardBuilder&, const Window&)>& compute) const
{
    const Result<Window> asked = window(request, fallback);
    if (!asked)
        return reply(failure(request.id, asked.error()));
    const store::Snapshot snapshot(m_context.database);
    const Result<Position> now = position();
    if (!now)
        return reply(failure(request.id, now.error()));
    store::Statistics source(m_context.database);
    DashboardBuilder builder(source, m_context.zone);
    Result<QJsonObject> data = compute(builder, *asked);
    if (!data)
        return reply(failure(request.id, data.error()));
    data->insert(QLatin1String("period"), protocol::toString(asked->period));
    data->insert(QLatin1String("generatedAt"), protocol::toIso(asked->now));
    data->insert(QLatin1String("epoch"), now->epoch);
    data->insert(QLatin1String("seq"), qint64(now->seq));
    reply(success(request, *data));
}

Result<Window> AnalyticsApi::window(const Request& request, Period fallback) const
{
    QueryReader query(request);
    const Period period = query.period(fallback);
    const std::optional<protocol::Timestamp> at = query.timestamp(QStringLiteral("at"));
    if (at && *at > protocol::now() + protocol::farthestAhead)
        query.refuse(protocol::ErrorCode::BadFormat, QStringLiteral("at"),
                     QStringLiteral("is later than the server's clock allows"));
    if (const auto error = query.error())
        return Failure(*error);
    return Window::make(period, at.value_or(protocol::now()), m_context.zone, at.has_value());
}

Result<Position> AnalyticsApi::position() const
{
    const Result<protocol::Seq> head = store::EventTable(m_context.database).head();
    if (!head)
        return Failure(head.error());
    return Position{m_context.epoch, *head};
}

} // namespace prism::api
