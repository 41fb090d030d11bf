#include "server/api/compare_api.h"

#include "server/analytics/comparison.h"
#include "server/api/dashboard_reader.h"
#include "server/api/guard.h"
#include "shared/protocol/try.h"

#include <utility>

namespace prism::api {

using analytics::Assessments;
using analytics::DashboardNumber;
using http::Reply;
using http::Request;
using http::Response;
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
QStringList readMetrics(QueryReader& query, qsizetype mostNames)
{
    const QString name = QStringLiteral("metrics");
    QStringList known(protocol::comparisonFamilies.begin(), protocol::comparisonFamilies.end());
    for (const analytics::NumberKind& number : analytics::numberKinds())
        known.append(number.name);
    known += analytics::shortNumberNames();
    const QStringList asked = query.texts(name, mostNames);
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

/// Without values where there is no dashboard.
QList<DashboardNumber> select(const std::optional<Dashboard>& dashboard, const QStringList& metrics)
{
    QStringList names;
    for (const QString& metric : metrics)
        names.append(analytics::numberNamed(metric));
    QList<DashboardNumber> selected;
    const QList<DashboardNumber> numbers = analytics::numbersOf(dashboard.value_or(Dashboard()));
    for (const DashboardNumber& number : numbers) {
        if (metrics.contains(number.family) || names.contains(number.name))
            selected.append({number.family, number.name, dashboard ? number.value : std::nullopt});
    }
    return selected;
}

double daysOf(const analytics::Span& span)
{
    using Days = std::chrono::duration<double, std::ratio<86400>>;
    return Days(span.to - span.from).count();
}

/// A period is held against the one before it.
Result<protocol::Comparison> withItself(const DashboardReader& reader, const QStringList& metrics)
{
    PRISM_TRY_ASSIGN(const auto& before, reader.dashboardBefore());
    PRISM_TRY_ASSIGN(const Dashboard& after, reader.dashboard());
    PRISM_TRY_ASSIGN(const Assessments& said, reader.assessments());
    return analytics::compare({select(before, metrics)}, {select(after, metrics)}, said);
}

Result<protocol::Comparison> withAnother(const DashboardReader& before, const DashboardReader& after,
                                         const QStringList& metrics)
{
    const analytics::Span base = analytics::elapsed(before.window());
    PRISM_TRY_ASSIGN(const Dashboard& past, before.dashboard());
    PRISM_TRY_ASSIGN(const Dashboard& present, after.dashboard());
    return analytics::compare({select(past, metrics), daysOf(base)},
                              {select(present, metrics), daysOf(analytics::elapsed(after.window()))},
                              Assessments(base, protocol::NoVerdict::DifferentPeriods));
}

/// Says all that a comparison depends on, to the minute, as the tags of the dashboards do that it is made of.
/// Two answers of one minute differ in the milliseconds of its bounds, which makes the tag a weak one.
QByteArray tagOf(const DashboardReader& before, const DashboardReader& after, const QStringList& metrics)
{
    return "W/" + contentTag(before.tag() + after.tag() + metrics.join(QLatin1Char(',')).toUtf8());
}

/// Has each number found by the name it was asked for by. It was counted once.
void nameAsAsked(const QStringList& metrics, protocol::Comparison& comparison)
{
    const QList<protocol::Difference> all = std::exchange(comparison.differences, {});
    for (const protocol::Difference& difference : all) {
        QStringList names;
        for (const QString& metric : metrics) {
            if (analytics::numberNamed(metric) == difference.name)
                names.append(metric);
        }
        if (metrics.contains(difference.family) && !names.contains(difference.name))
            names.append(difference.name);
        for (const QString& name : std::as_const(names)) {
            comparison.differences.append(difference);
            comparison.differences.last().name = name;
        }
    }
}

} // namespace

CompareApi::CompareApi(const Reads& reads, qsizetype mostNames, qsizetype mostProjects, Routes& routes)
    : m_reads(reads)
    , m_mostNames(mostNames)
    , m_mostProjects(mostProjects)
{
    routes.add("GET", "/api/v1/analytics/compare", http::orLimited(Role::Viewer), *this, &CompareApi::compare,
               {"baselinePeriod", "currentPeriod", "metrics", "at", "project"});
}

Result<void> CompareApi::compare(const Request& request, const Reply& reply) const
{
    QueryReader query(request);
    const Period baseline = readPeriod(query, QStringLiteral("baselinePeriod"));
    const Period current = readPeriod(query, QStringLiteral("currentPeriod"));
    const QStringList metrics = readMetrics(query, m_mostNames);
    const Moment moment = Moment::of(query);
    const QStringList projects = query.projects(m_mostProjects);
    PRISM_TRY(query.check());
    return m_reads.submit(
        request, reply, moment.effort(),
        [request, baseline, current, metrics, moment, projects](const Reading& reader) -> Result<Response> {
            WindowReading reading(reader.numbers, moment, projects);
            PRISM_TRY(reading.begin());
            const DashboardReader before(reading, baseline);
            const DashboardReader after(reading, current);
            const QByteArray tag = tagOf(before, after, metrics);
            if (hasAlready(request, {tag, {}}))
                return tagged(Response{304, {}, {}}, tag);
            PRISM_TRY_ASSIGN(protocol::Comparison comparison, baseline == current
                                                                  ? withItself(after, metrics)
                                                                  : withAnother(before, after, metrics));
            nameAsAsked(metrics, comparison);
            comparison.baseline = baseline;
            comparison.current = current;
            comparison.origin = reading.origin();
            return tagged(success(request, toJson(comparison)), tag);
        });
}

} // namespace prism::api
