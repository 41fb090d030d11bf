#include "client/model/record_run.h"

#include <algorithm>

namespace prism::model {

namespace {

/// A metric that this dashboard does not know comes last.
void sortAsShown(QList<protocol::MetricValue>& metrics)
{
    const QStringList known = recordMetrics();
    const auto rank = [&](const protocol::MetricValue& metric) {
        const qsizetype at = known.indexOf(metric.name);
        return at < 0 ? known.size() : at;
    };
    std::ranges::stable_sort(metrics, {}, rank);
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

RecordRun::RecordRun(net::Api& api, QObject* parent)
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
    m_call = m_api.recordResult(record.id, [this](const auto& answer) { onAnswer(answer); });
}

void RecordRun::again()
{
    if (m_record)
        run(protocol::Record(*m_record));
}

void RecordRun::close()
{
    m_call.cancel();
    m_record.reset();
    m_result.reset();
    m_error.reset();
    m_running = false;
    emit changed();
}

void RecordRun::onAnswer(const protocol::Result<protocol::RecordResult>& answer)
{
    m_running = false;
    if (answer) {
        m_result = *answer;
        sortAsShown(m_result->metrics);
    } else {
        m_error = answer.error();
    }
    emit changed();
}

} // namespace prism::model
