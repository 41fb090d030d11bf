#include "server/api/compare_api.h"

#include "server/analytics/comparison.h"
#include "server/api/answers.h"
#include "server/api/dashboard_reader.h"

namespace prism::api {

using analytics::DashboardNumber;
using analytics::Difference;
using analytics::wireValue;
using http::Reply;
using http::Request;
using protocol::Dashboard;
using protocol::ErrorCode;
using protocol::Period;
using protocol::Result;
using protocol::Role;

namespace {

/// `all` has no length, so nothing can be held against it.
Period readPeriod(QueryReader& query, const QString& name)
{
    const std::optional<Period> period = protocol::periodFromString(query.text(name).value_or(QString()));
    if (period && *period != Period::All)
        return *period;
    query.refuse(ErrorCode::Validation, name, QStringLiteral("must be one of today, week, month, year"));
    return Period::Week;
}

/// Which numbers are asked for, each by its own name or by that of its family.
QStringList readMetrics(QueryReader& query)
{
    const QString name = QStringLiteral("metrics");
    QStringList known{QStringLiteral("usage"), QStringLiteral("quality"), QStringLiteral("performance")};
    const QList<DashboardNumber> numbers = analytics::numbersOf({});
    for (const DashboardNumber& number : numbers)
        known.append(number.name);
    const QStringList asked = query.texts(name);
    if (asked.isEmpty())
        query.refuse(ErrorCode::Validation, name, QStringLiteral("must name one metric at least"));
    for (const QString& metric : asked) {
        if (!known.contains(metric))
            query.refuse(ErrorCode::Validation, name,
                         QStringLiteral("'%1' must be one of %2")
                             .arg(metric.left(100), known.join(QLatin1String(", "))));
    }
    return asked;
}

QList<DashboardNumber> select(const Dashboard& dashboard, const QStringList& metrics)
{
    QList<DashboardNumber> selected;
    const QList<DashboardNumber> numbers = analytics::numbersOf(dashboard);
    for (const DashboardNumber& number : numbers) {
        if (metrics.contains(number.family) || metrics.contains(number.name))
            selected.append(number);
    }
    return selected;
}

QJsonObject toJson(const analytics::Comparison& comparison)
{
    QJsonObject families;
    for (const Difference& difference : comparison.differences) {
        const DashboardNumber& number = difference.current;
        QJsonObject family = families.value(number.family).toObject();
        family.insert(
            number.name,
            QJsonObject{{QLatin1String("baseline"), wireValue(difference.baseline, number.isRate)},
                        {QLatin1String("current"), wireValue(number.value, number.isRate)},
                        {QLatin1String("change"), wireValue(difference.change, number.isRate)},
                        {QLatin1String("changePercent"), wireValue(difference.changePercent, false)},
                        {QLatin1String("trend"), protocol::toString(difference.trend)},
                        {QLatin1String("better"),
                         difference.better ? QJsonValue(*difference.better) : QJsonValue(QJsonValue::Null)}});
        families.insert(number.family, family);
    }
    return families;
}

} // namespace

CompareApi::CompareApi(const Context& context, http::Router& router)
    : m_context(context)
{
    router.add("GET", "/api/v1/analytics/compare", Role::Viewer, *this, &CompareApi::compare);
}

void CompareApi::compare(const Request& request, const Reply& reply) const
{
    QueryReader query(request);
    const Period baseline = readPeriod(query, QStringLiteral("baselinePeriod"));
    const Period current = readPeriod(query, QStringLiteral("currentPeriod"));
    const QStringList metrics = readMetrics(query);
    const Moment moment = readMoment(query);
    if (const auto error = query.error())
        return reply(failure(request.id, *error));
    const store::Snapshot snapshot(m_context.database);
    DashboardReader reader(m_context.database, m_context.numbers, m_context.dashboards, m_context.epoch,
                           m_context.zone);
    const Result<protocol::Position> now = reader.position();
    if (!now)
        return reply(failure(request.id, now.error()));
    const Result<Dashboard> before = reader.compute(moment.window(baseline, m_context.zone), *now);
    if (!before)
        return reply(failure(request.id, before.error()));
    const Result<Dashboard> after = reader.compute(moment.window(current, m_context.zone), *now);
    if (!after)
        return reply(failure(request.id, after.error()));
    const analytics::Comparison comparison =
        analytics::compare(select(*before, metrics), select(*after, metrics));
    QJsonObject data{
        {QLatin1String("period"), QJsonObject{{QLatin1String("baseline"), protocol::toString(baseline)},
                                              {QLatin1String("current"), protocol::toString(current)}}},
        {QLatin1String("metrics"), toJson(comparison)},
        {QLatin1String("summary"), QJsonObject{{QLatin1String("totalChanges"), comparison.totalChanges()},
                                               {QLatin1String("improvements"), comparison.improvements},
                                               {QLatin1String("degradations"), comparison.degradations}}}};
    addOrigin(data, moment.time, *now, m_context.numbers.isApproximate());
    reply(success(request, data));
}

} // namespace prism::api
