#include "server/api/dashboard_reader.h"

#include "server/analytics/dashboard.h"
#include "server/store/tables/alert_table.h"
#include "shared/protocol/json_writer.h"

namespace prism::api {

using analytics::Window;
using protocol::Failure;
using protocol::Position;
using protocol::Result;

namespace {

constexpr int mostAlerts = 50;

} // namespace

Result<Position> DashboardReader::position()
{
    const Result<protocol::Seq> head = m_numbers.refresh();
    if (!head)
        return Failure(head.error());
    return Position{m_epoch, *head};
}

Result<protocol::Dashboard> DashboardReader::compute(const Window& window, const Position& position)
{
    Result<protocol::Dashboard> dashboard = analytics::DashboardBuilder(m_numbers, m_zone).dashboard(window);
    if (!dashboard)
        return dashboard;
    const auto alerts = newestAlerts(window.span);
    if (!alerts)
        return Failure(alerts.error());
    dashboard->alerts = *alerts;
    dashboard->position = position;
    return dashboard;
}

Result<QList<protocol::Alert>> DashboardReader::newestAlerts(const analytics::Span& span)
{
    store::AlertQuery query;
    query.from = span.from;
    query.to = span.to;
    query.limit = mostAlerts;
    const Result<store::AlertPage> page = store::AlertTable(m_database).list(query);
    if (!page)
        return Failure(page.error());
    return page->alerts;
}

Result<QByteArray> DashboardReader::encoded(const Window& window, const Position& position,
                                            const QByteArray& tag)
{
    if (const auto cached = m_cache.find(window.period, tag))
        return *cached;
    const Result<protocol::Dashboard> dashboard = compute(window, position);
    if (!dashboard)
        return Failure(dashboard.error());
    const QByteArray data = protocol::writtenJson(toJson(*dashboard));
    m_cache.store(window.period, tag, data);
    return data;
}

QByteArray DashboardReader::tagOf(const Position& position, const Window& window, bool at)
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

} // namespace prism::api
