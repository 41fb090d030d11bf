#include "server/api/reports_api.h"

#include "server/api/json_body.h"
#include "server/api/report_reader.h"
#include "server/store/tables/record_reader.h"
#include "shared/protocol/try.h"

namespace prism::api {

using analytics::Dimension;
using analytics::dimensionNames;
using analytics::ReportQuery;
using http::Reply;
using http::Request;
using protocol::CustomReport;
using protocol::ErrorCode;
using protocol::Period;
using protocol::Problems;
using protocol::RecordResult;
using protocol::Result;
using protocol::Role;

namespace {

QList<Dimension> readDimensions(const QStringList& names, const QString& field, Problems& problems)
{
    QList<Dimension> dimensions;
    for (const QString& name : names) {
        const std::optional<Dimension> dimension = protocol::valueOf(dimensionNames, name);
        if (dimension)
            dimensions.append(*dimension);
        else
            problems.add(ErrorCode::Validation, field,
                         QStringLiteral("'%1' %2").arg(name.left(100), protocol::choices(dimensionNames)));
    }
    return dimensions;
}

QJsonObject readObject(const QString& text, const QString& field, int maxDepth, Problems& problems)
{
    const Result<QJsonObject> object = protocol::parseObject(text.toUtf8(), maxDepth);
    if (!object)
        problems.add(ErrorCode::Validation, field,
                     QStringLiteral("must be a JSON object such as {\"project\":\"web\"}: %1")
                         .arg(object.error().details.join(QStringLiteral("; "))));
    return object.value_or(QJsonObject());
}

void requireSome(const QStringList& list, const QString& field, Problems& problems)
{
    if (list.isEmpty())
        problems.add(ErrorCode::Validation, field, QStringLiteral("must name one at least"));
}

/// Then the report is of those checks alone that are still kept.
bool reachesBehindWhatIsKept(const WindowReading& reading, const analytics::Span& span)
{
    const std::optional<protocol::Timestamp> first = reading.rollups().earliest().value_or(std::nullopt);
    return first && std::max(span.from, *first) < reading.rollups().keptFrom();
}

Result<RecordResult> resultOf(const QString& recordId, const Moment& moment, const QStringList& projects,
                              qsizetype mostNames, Reading& reader)
{
    WindowReading reading(reader.numbers, moment, projects);
    PRISM_TRY(reading.begin());
    PRISM_TRY_ASSIGN(const auto stored, store::RecordReader(reading.database()).find(recordId));
    PRISM_TRY_ASSIGN(const protocol::Record record, protocol::decodeRecord(stored.json));

    const protocol::RecordConfig config = record.config.value_or(protocol::RecordConfig());
    const Period period = config.period.value_or(Period::Week);
    ReportQuery wanted;
    wanted.metrics = config.metrics.isEmpty() ? analytics::reportMetrics() : config.metrics;
    Problems problems;
    checkMetrics(wanted.metrics, QStringLiteral("config.metrics"), problems);
    const QJsonObject filters = config.filters.object();
    wanted.filters = readFilters(filters, QStringLiteral("config.filters"), mostNames, problems);
    if (!problems.isEmpty())
        return protocol::Failure(
            problems.toError(QStringLiteral("The record asks for what cannot be computed.")));
    const analytics::Span span = reading.window(period).span;
    PRISM_TRY_ASSIGN(const auto& rows, readReport(reading, wanted, span, reader));
    return RecordResult{record.id,
                        record.name,
                        record.version,
                        period,
                        filters,
                        rows.first().metrics,
                        reading.origin(reachesBehindWhatIsKept(reading, span))};
}

} // namespace

ReportsApi::ReportsApi(const Reads& reads, int maxJsonDepth, qsizetype mostNames, qsizetype mostProjects,
                       Routes& routes)
    : m_reads(reads)
    , m_maxJsonDepth(maxJsonDepth)
    , m_mostNames(mostNames)
    , m_mostProjects(mostProjects)
{
    routes.add("GET", "/api/v1/analytics/reports/custom", http::orLimited(Role::Viewer), *this,
               &ReportsApi::custom,
               {"dimensions", "metrics", "groupBy", "filters", "period", "at", "project"});
    routes.add("GET", "/api/v1/analytics/records/{id}/result", Role::Viewer, *this, &ReportsApi::result,
               {"at", "project"});
}

Result<void> ReportsApi::custom(const Request& request, const Reply& reply) const
{
    const QString dimensionsField = QStringLiteral("dimensions");
    const QString metricsField = QStringLiteral("metrics");
    const QString groupByField = QStringLiteral("groupBy");
    const QString filtersField = QStringLiteral("filters");
    QueryReader query(request);
    const Period period = query.period(Period::Week);
    const Moment moment = Moment::of(query);
    const QStringList projects = query.projects(m_mostProjects);
    const QStringList dimensions = query.texts(dimensionsField, m_mostNames);
    const QStringList metrics = query.texts(metricsField, m_mostNames);
    const std::optional<QString> groupBy = query.text(groupByField);
    Problems& problems = query.problems();
    requireSome(dimensions, dimensionsField, problems);
    requireSome(metrics, metricsField, problems);
    checkMetrics(metrics, metricsField, problems);
    ReportQuery wanted{readDimensions(dimensions, dimensionsField, problems), metrics, {}};
    if (groupBy) {
        const QList<Dimension> first = readDimensions({*groupBy}, groupByField, problems);
        for (const Dimension dimension : first) {
            wanted.dimensions.removeAll(dimension);
            wanted.dimensions.prepend(dimension);
        }
    }
    QJsonObject filters;
    if (const auto text = query.text(filtersField)) {
        filters = readObject(*text, filtersField, m_maxJsonDepth, problems);
        wanted.filters = readFilters(filters, filtersField, m_mostNames, problems);
    }
    PRISM_TRY(query.check());

    return m_reads.submit(request, reply, Effort::Open, [=](Reading& reader) -> Result<CustomReport> {
        WindowReading reading(reader.numbers, moment, projects);
        PRISM_TRY(reading.begin());
        const analytics::Span span = reading.window(period).span;
        PRISM_TRY_ASSIGN(const auto& rows, readReport(reading, wanted, span, reader));
        return CustomReport{dimensions,
                            metrics,
                            period,
                            groupBy,
                            filters,
                            rows,
                            reading.origin(reachesBehindWhatIsKept(reading, span))};
    });
}

Result<void> ReportsApi::result(const Request& request, const Reply& reply) const
{
    QueryReader query(request);
    const Moment moment = Moment::of(query);
    const QStringList projects = query.projects(m_mostProjects);
    PRISM_TRY(query.check());
    return m_reads.submit(request, reply, Effort::Open,
                          [id = request.captures.first(), moment, projects, mostNames = m_mostNames](
                              Reading& reader) { return resultOf(id, moment, projects, mostNames, reader); });
}

} // namespace prism::api
