#include "server/api/reports_api.h"

#include "server/api/answers.h"
#include "server/api/json_body.h"
#include "server/api/report_reader.h"
#include "server/store/tables/record_table.h"

#include <QJsonDocument>

namespace prism::api {

using analytics::Dimension;
using analytics::dimensionNames;
using analytics::ReportQuery;
using http::Reply;
using http::Request;
using protocol::ErrorCode;
using protocol::Period;
using protocol::Problems;
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
    const Result<QJsonObject> object = parseObject(text.toUtf8(), maxDepth);
    if (!object)
        problems.add(ErrorCode::Validation, field,
                     QStringLiteral("must be a JSON object such as {\"project\":\"web\"}"));
    return object.value_or(QJsonObject());
}

void requireSome(const QStringList& list, const QString& field, Problems& problems)
{
    if (list.isEmpty())
        problems.add(ErrorCode::Validation, field, QStringLiteral("must name one at least"));
}

} // namespace

ReportsApi::ReportsApi(const Context& context, http::Router& router)
    : m_context(context)
{
    router.add("GET", "/api/v1/analytics/reports/custom", Role::Viewer, *this, &ReportsApi::custom);
    router.add("GET", "/api/v1/analytics/records/{id}/result", Role::Viewer, *this, &ReportsApi::result);
}

void ReportsApi::custom(const Request& request, const Reply& reply) const
{
    const QString dimensionsField = QStringLiteral("dimensions");
    const QString metricsField = QStringLiteral("metrics");
    const QString groupByField = QStringLiteral("groupBy");
    const QString filtersField = QStringLiteral("filters");
    QueryReader query(request);
    const Period period = query.period(Period::Week);
    const Moment moment = readMoment(query);
    const QStringList dimensions = query.texts(dimensionsField);
    const QStringList metrics = query.texts(metricsField);
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
        filters = readObject(*text, filtersField, m_context.maxJsonDepth, problems);
        wanted.filters = readFilters(filters, filtersField, problems);
    }
    if (const auto error = query.error())
        return reply(failure(request.id, *error));

    const store::Snapshot snapshot(m_context.database);
    const Result<protocol::Position> now = readPosition(m_context);
    if (!now)
        return reply(failure(request.id, now.error()));
    const analytics::Span span = moment.window(period, m_context.zone).span;
    const Result<QJsonArray> rows = readReport(m_context.database, wanted, span, m_context.zone);
    if (!rows)
        return reply(failure(request.id, rows.error()));
    QJsonObject meta{{QLatin1String("totalRecords"), rows->size()}};
    addOrigin(meta, moment.time, *now, reachesBehindWhatIsKept(span));
    reply(success(request,
                  QJsonObject{{dimensionsField, QJsonArray::fromStringList(dimensions)},
                              {metricsField, QJsonArray::fromStringList(metrics)},
                              {QStringLiteral("period"), protocol::toString(period)},
                              {groupByField, groupBy ? QJsonValue(*groupBy) : QJsonValue(QJsonValue::Null)},
                              {filtersField, filters},
                              {QStringLiteral("rows"), *rows},
                              {QStringLiteral("meta"), meta}}));
}

/// Then the report is of those checks alone that are still kept.
bool ReportsApi::reachesBehindWhatIsKept(const analytics::Span& span) const
{
    const std::optional<protocol::Timestamp> first = m_context.numbers.earliest().value_or(std::nullopt);
    return first && std::max(span.from, *first) < m_context.numbers.keptFrom();
}

void ReportsApi::result(const Request& request, const Reply& reply) const
{
    QueryReader query(request);
    const Moment moment = readMoment(query);
    if (const auto error = query.error())
        return reply(failure(request.id, *error));
    const store::Snapshot snapshot(m_context.database);
    const Result<protocol::Position> now = readPosition(m_context);
    if (!now)
        return reply(failure(request.id, now.error()));
    const auto stored = store::RecordTable(m_context.database).find(request.captures.first());
    if (!stored)
        return reply(failure(request.id, stored.error()));
    const Result<protocol::Record> record =
        protocol::recordFromJson(QJsonDocument::fromJson(stored->json).object());
    if (!record)
        return reply(failure(request.id, record.error()));

    const protocol::RecordConfig config = record->config.value_or(protocol::RecordConfig());
    const Period period = config.period.value_or(Period::Week);
    ReportQuery wanted;
    wanted.metrics = config.metrics.isEmpty() ? analytics::reportMetrics() : config.metrics;
    Problems problems;
    checkMetrics(wanted.metrics, QStringLiteral("config.metrics"), problems);
    wanted.filters = readFilters(config.filters, QStringLiteral("config.filters"), problems);
    if (!problems.isEmpty())
        return reply(failure(
            request.id, problems.toError(QStringLiteral("The record asks for what cannot be computed."))));
    const analytics::Span span = moment.window(period, m_context.zone).span;
    const Result<QJsonArray> rows = readReport(m_context.database, wanted, span, m_context.zone);
    if (!rows)
        return reply(failure(request.id, rows.error()));
    QJsonObject data{
        {QLatin1String("recordId"), record->id},     {QLatin1String("name"), record->name},
        {QLatin1String("version"), record->version}, {QLatin1String("period"), protocol::toString(period)},
        {QLatin1String("filters"), config.filters},  {QLatin1String("metrics"), rows->first().toObject()}};
    addOrigin(data, moment.time, *now, reachesBehindWhatIsKept(span));
    reply(success(request, data));
}

} // namespace prism::api
