#include "server/api/status_json.h"

#include "shared/protocol/version.h"

#include <cmath>

namespace prism::api {

namespace {

using telemetry::CommitFigures;
using telemetry::Figures;
using telemetry::RequestFigures;
using telemetry::SessionFigures;
using telemetry::SessionKind;

/// To three decimals: more would look measured and is not.
double rounded(double value)
{
    return std::round(value * 1000) / 1000;
}

QJsonObject requestsJson(const RequestFigures& requests)
{
    QMap<QString, qint64> byClass;
    for (const char* name : {"2xx", "3xx", "4xx", "5xx"})
        byClass.insert(QString::fromLatin1(name), 0);
    for (const auto& [key, answers] : requests.answers) {
        for (const auto& [status, count] : answers.byStatus)
            byClass[status == 0 ? QStringLiteral("other") : QStringLiteral("%1xx").arg(status / 100)] +=
                qint64(count);
    }
    QJsonObject classes;
    for (auto each = byClass.cbegin(); each != byClass.cend(); ++each)
        classes.insert(each.key(), each.value());
    return {{QLatin1String("total"), qint64(requests.total())}, {QLatin1String("byClass"), classes}};
}

QJsonObject commitsJson(const CommitFigures& commits)
{
    constexpr double milliseconds = 1000;
    return {{QLatin1String("count"), qint64(commits.count())},
            {QLatin1String("failures"), qint64(commits.failures)},
            {QLatin1String("p50Ms"), rounded(commits.durations.quantile(0.5) * milliseconds)},
            {QLatin1String("p99Ms"), rounded(commits.durations.quantile(0.99) * milliseconds)},
            {QLatin1String("meanJobs"), rounded(commits.jobs.mean())},
            {QLatin1String("meanEvents"), rounded(commits.events.mean())}};
}

QJsonObject sessionsJson(const SessionFigures& sessions)
{
    return {{QLatin1String("websocket"), qint64(sessions.open(SessionKind::WebSocket))},
            {QLatin1String("stream"), qint64(sessions.open(SessionKind::Stream))},
            {QLatin1String("unsentBytes"), qint64(sessions.unsentBytes)},
            {QLatin1String("slowCloses"), qint64(sessions.slowCloses)},
            {QLatin1String("floodCloses"), qint64(sessions.floodCloses)},
            {QLatin1String("resumes"),
             QJsonObject{{QLatin1String("complete"), qint64(sessions.completeResumes)},
                         {QLatin1String("incomplete"), qint64(sessions.incompleteResumes)}}}};
}

QJsonObject queuedJson(const telemetry::Queued& queued)
{
    return {{QLatin1String("writes"), qint64(queued.writes)},
            {QLatin1String("rows"), qint64(queued.rows)},
            {QLatin1String("bytes"), qint64(queued.bytes)}};
}

QJsonObject queueJson(const telemetry::Levels& levels)
{
    return {{QLatin1String("waiting"), queuedJson(levels.queue)},
            {QLatin1String("limit"), queuedJson(levels.queueLimit)},
            {QLatin1String("refusals"), qint64(levels.queueRefusals)}};
}

QJsonObject readsJson(const telemetry::ReadFigures& reads)
{
    return {{QLatin1String("readers"), qint64(reads.readers)},
            {QLatin1String("running"), qint64(reads.running)},
            {QLatin1String("waiting"), qint64(reads.waiting)},
            {QLatin1String("limit"), qint64(reads.limit)},
            {QLatin1String("done"), qint64(reads.done)},
            {QLatin1String("late"), qint64(reads.late)},
            {QLatin1String("abandoned"), qint64(reads.abandoned)},
            {QLatin1String("refused"), qint64(reads.refusals)}};
}

/// How often something happened, and how often a second in the last minute.
QJsonObject flowJson(quint64 total, double perSecond)
{
    return {{QLatin1String("total"), qint64(total)}, {QLatin1String("perSecond"), rounded(perSecond)}};
}

} // namespace

QJsonObject toJson(const Status& status)
{
    const Figures& figures = status.figures;
    const telemetry::Levels& levels = figures.levels;
    return {{QLatin1String("version"), QString::fromLatin1(prism::version)},
            {QLatin1String("started"), protocol::toIso(figures.started)},
            {QLatin1String("uptimeSeconds"), double(figures.uptime.count()) / 1000},
            {QLatin1String("epoch"), status.epoch},
            {QLatin1String("seq"), levels.seq},
            {QLatin1String("zone"), status.zone},
            {QLatin1String("connections"), qint64(levels.connections)},
            {QLatin1String("sessions"), sessionsJson(levels.sessions)},
            {QLatin1String("events"), flowJson(figures.published, figures.publishedPerSecond)},
            {QLatin1String("deliveries"), flowJson(levels.sessions.deliveries, figures.deliveredPerSecond)},
            {QLatin1String("queue"), queueJson(levels)},
            {QLatin1String("reads"), readsJson(levels.reads)},
            {QLatin1String("commits"), commitsJson(figures.commits)},
            {QLatin1String("requests"), requestsJson(figures.requests)},
            {QLatin1String("database"), QJsonObject{{QLatin1String("bytes"), qint64(levels.databaseBytes)},
                                                    {QLatin1String("logBytes"), qint64(levels.logBytes)},
                                                    {QLatin1String("schema"), status.schema}}},
            {QLatin1String("log"), QJsonObject{{QLatin1String("dropped"), qint64(levels.logDropped)}}},
            {QLatin1String("process"),
             QJsonObject{{QLatin1String("residentBytes"), qint64(figures.process.residentBytes)},
                         {QLatin1String("cpuSeconds"), figures.process.cpuSeconds},
                         {QLatin1String("openDescriptors"), qint64(figures.process.openDescriptors)}}}};
}

} // namespace prism::api
