#include "client/model/record_run.h"

#include "client/net/api_client.h"
#include "shared/protocol/json_reader.h"

#include <algorithm>

namespace prism::model {

namespace {

RecordResult resultFromJson(const QJsonObject& json)
{
    RecordResult result;
    result.name = json.value(QLatin1String("name")).toString();
    result.period = protocol::periodFromString(json.value(QLatin1String("period")).toString())
                        .value_or(protocol::Period::Week);
    result.filters = json.value(QLatin1String("filters")).toObject();
    result.generatedAt = protocol::fromIso(json.value(QLatin1String("generatedAt")).toString())
                             .value_or(protocol::Timestamp());
    const QJsonObject metrics = json.value(QLatin1String("metrics")).toObject();
    for (auto metric = metrics.begin(); metric != metrics.end(); ++metric) {
        result.metrics.append({metric.key(), protocol::numberOf(metric.value())});
    }
    // JSON objects have no order; a metric that this dashboard does not know comes last.
    const QStringList known = recordMetrics();
    const auto rank = [&](const RecordResult::Metric& metric) {
        const qsizetype at = known.indexOf(metric.name);
        return at < 0 ? known.size() : at;
    };
    std::ranges::stable_sort(result.metrics, {}, rank);
    return result;
}

} // namespace

QStringList recordMetrics()
{
    QStringList names;
    for (const char* name :
         {"totalChecks", "violations", "violationRate", "falsePositiveRate", "patternMatchAccuracy",
          "successRate", "activeUsers", "activeSessions", "avgCheckTime", "minCheckTime", "maxCheckTime",
          "p50CheckTime", "p95CheckTime", "p99CheckTime", "totalRetrospectives", "avgDuration"})
        names.append(QString::fromLatin1(name));
    return names;
}

RecordRun::RecordRun(net::ApiClient& api, QObject* parent)
    : QObject(parent)
    , m_api(api)
{
}

void RecordRun::run(const protocol::Record& record)
{
    if (!m_record || m_record->id != record.id)
        m_result.reset();
    m_record = record;
    m_error.reset();
    m_running = true;
    emit changed();
    m_api.get(QStringLiteral("/api/v1/analytics/records/%1/result").arg(record.id), {}, {}, this,
              [this, request = ++m_request](const auto& answer) {
                  if (request == m_request)
                      onAnswer(answer);
              });
}

void RecordRun::again()
{
    if (m_record)
        run(protocol::Record(*m_record));
}

void RecordRun::close()
{
    ++m_request;
    m_record.reset();
    m_result.reset();
    m_error.reset();
    m_running = false;
    emit changed();
}

void RecordRun::onAnswer(const protocol::Result<net::Answer>& answer)
{
    m_running = false;
    if (answer)
        m_result = resultFromJson(answer->data.toObject());
    else
        m_error = answer.error();
    emit changed();
}

} // namespace prism::model
