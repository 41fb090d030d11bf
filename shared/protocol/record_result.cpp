#include "shared/protocol/record_result.h"

namespace prism::protocol {

namespace {

constexpr QLatin1String recordIdField("recordId"), nameField("name"), versionField("version"),
    periodField("period"), filtersField("filters"), metricsField("metrics");

constexpr qsizetype maxName = 100;
constexpr qint64 highestVersion = 1'000'000'000;

QList<MetricValue> readMetrics(const QJsonObject& json, Problems& problems)
{
    QList<MetricValue> metrics;
    for (auto metric = json.begin(); metric != json.end(); ++metric) {
        if (!metric.value().isDouble() && !metric.value().isNull())
            problems.add(ErrorCode::BadFormat, QString(metricsField) + QLatin1Char('.') + metric.key(),
                         QStringLiteral("must be a number"));
        metrics.append({metric.key(), numberOf(metric.value())});
    }
    return metrics;
}

} // namespace

QJsonObject toJson(const RecordResult& result)
{
    QJsonObject metrics;
    for (const MetricValue& metric : result.metrics)
        metrics.insert(metric.name, wireJson(metric.name, metric.value));
    QJsonObject json{{recordIdField, result.recordId}, {nameField, result.name},
                     {versionField, result.version},   {periodField, toString(result.period)},
                     {filtersField, result.filters},   {metricsField, metrics}};
    addTo(json, result.origin);
    return json;
}

Result<RecordResult> recordResultFromJson(const QJsonObject& json)
{
    Problems problems;
    ObjectReader reader(json, problems);
    RecordResult result;
    result.recordId = reader.text(recordIdField, Presence::Required, maxName).value_or(QString());
    result.name = reader.text(nameField, Presence::Required, maxName).value_or(QString());
    result.version = int(reader.integer(versionField, Presence::Required, 1, highestVersion).value_or(1));
    result.period = reader.choice(periodField, Presence::Required, periodNames).value_or(Period::Week);
    result.filters = reader.object(filtersField, Presence::Optional).value_or(QJsonObject());
    result.metrics =
        readMetrics(reader.object(metricsField, Presence::Required).value_or(QJsonObject()), problems);
    result.origin = readOrigin(reader);
    if (!problems.isEmpty())
        return Failure(problems.toError(QStringLiteral("This is not the result of a record.")));
    return result;
}

} // namespace prism::protocol
