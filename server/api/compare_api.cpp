#include "server/api/compare_api.h"

#include "server/analytics/comparison.h"
#include "server/api/dashboard_reader.h"
#include "shared/protocol/try.h"

namespace prism::api {

using analytics::DashboardNumber;
using analytics::Difference;
using analytics::wireValue;
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

CompareApi::CompareApi(const Numbers& numbers, Routes& routes)
    : m_numbers(numbers)
{
    routes.add("GET", "/api/v1/analytics/compare", Role::Viewer, *this, &CompareApi::compare);
}

Result<QJsonObject> CompareApi::compare(const Request& request) const
{
    QueryReader query(request);
    const Period baseline = readPeriod(query, QStringLiteral("baselinePeriod"));
    const Period current = readPeriod(query, QStringLiteral("currentPeriod"));
    const QStringList metrics = readMetrics(query);
    WindowReading reading(m_numbers, query);
    PRISM_TRY(query.check());
    PRISM_TRY(reading.begin());
    PRISM_TRY_ASSIGN(const Dashboard& before, DashboardReader(reading, baseline).dashboard());
    PRISM_TRY_ASSIGN(const Dashboard& after, DashboardReader(reading, current).dashboard());
    const analytics::Comparison comparison =
        analytics::compare(select(before, metrics), select(after, metrics));
    QJsonObject answer{
        {QLatin1String("period"), QJsonObject{{QLatin1String("baseline"), protocol::toString(baseline)},
                                              {QLatin1String("current"), protocol::toString(current)}}},
        {QLatin1String("metrics"), toJson(comparison)},
        {QLatin1String("summary"), QJsonObject{{QLatin1String("totalChanges"), comparison.totalChanges()},
                                               {QLatin1String("improvements"), comparison.improvements},
                                               {QLatin1String("degradations"), comparison.degradations}}}};
    reading.addOrigin(answer);
    return answer;
}

} // namespace prism::api
