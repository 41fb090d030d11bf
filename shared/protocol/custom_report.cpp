#include "shared/protocol/custom_report.h"

#include <QJsonArray>

namespace prism::protocol {

namespace {

constexpr QLatin1String dimensionsField("dimensions"), metricsField("metrics"), periodField("period"),
    groupByField("groupBy"), filtersField("filters"), rowsField("rows"), metaField("meta"),
    totalRecordsField("totalRecords");

QJsonObject toJson(const ReportRow& row)
{
    QJsonObject json;
    for (const GroupValue& each : row.group)
        json.insert(each.dimension,
                    each.value.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(each.value));
    for (const MetricValue& metric : row.metrics)
        json.insert(metric.name, wireJson(metric.name, metric.value));
    return json;
}

} // namespace

QJsonObject toJson(const CustomReport& report)
{
    QJsonArray rows;
    for (const ReportRow& row : report.rows)
        rows.append(toJson(row));
    QJsonObject meta{{totalRecordsField, rows.size()}};
    addTo(meta, report.origin);
    return {{dimensionsField, QJsonArray::fromStringList(report.dimensions)},
            {metricsField, QJsonArray::fromStringList(report.metrics)},
            {periodField, toString(report.period)},
            {groupByField, report.groupBy ? QJsonValue(*report.groupBy) : QJsonValue(QJsonValue::Null)},
            {filtersField, report.filters},
            {rowsField, rows},
            {metaField, meta}};
}

} // namespace prism::protocol
