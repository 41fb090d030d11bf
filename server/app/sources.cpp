#include "server/app/sources.h"

#include "server/api/dashboard_reader.h"
#include "server/api/trend_reader.h"
#include "server/store/rollups/rollup_history.h"
#include "shared/protocol/json_writer.h"
#include "shared/protocol/try.h"

#include <QJsonDocument>

namespace prism::app {

using protocol::Failure;
using protocol::Result;

namespace {

/// Of the log of events, read at a time.
constexpr int mostRows = 256;

/// What happens elsewhere is no news to who looks at some projects.
Result<realtime::Update> dashboardOfProjects(const realtime::Part& part, const api::DashboardReader& reader,
                                             api::DashboardCache& cache)
{
    PRISM_TRY_ASSIGN(protocol::Dashboard dashboard, reader.dashboard());
    const QByteArray json = protocol::writtenJson(toJson(dashboard));
    cache.store({part.period, part.projects}, reader.tag(), json);
    dashboard.position = {};
    dashboard.generatedAt = {};
    return realtime::Update{part, json, qHash(protocol::writtenJson(toJson(dashboard)))};
}

Result<realtime::Update> dashboardUpdate(const realtime::Part& part, const api::WindowReading& reading,
                                         api::DashboardCache& cache)
{
    const api::DashboardReader reader(reading, part.period);
    const QByteArray tag = reader.tag();
    if (!part.projects.isEmpty())
        return dashboardOfProjects(part, reader, cache);
    PRISM_TRY_ASSIGN(const QByteArray json, reader.encoded(cache, tag));
    return realtime::Update{part, json, qHash(tag)};
}

template <typename Report>
QByteArray encodedJson(const Report& report)
{
    return QJsonDocument(toJson(report)).toJson(QJsonDocument::Compact);
}

/// When and up to which event it was counted is told, but is no news by itself.
template <typename Report>
Result<realtime::Update> updateOf(const realtime::Part& part, const Result<Report>& read)
{
    PRISM_TRY(read);
    Report report = *read;
    const QByteArray json = encodedJson(report);
    report.origin = {};
    return realtime::Update{part, json, qHash(encodedJson(report))};
}

} // namespace

Result<realtime::EventSource> makeEventSource(const store::Database& database)
{
    auto opened = database.openReader();
    if (!opened)
        return Failure(opened.error());
    std::shared_ptr<store::ReadConnection> connection = std::move(*opened);
    return realtime::EventSource([connection](protocol::Seq from, protocol::Seq to,
                                              qint64 bytes) -> Result<std::vector<realtime::FramePtr>> {
        const auto events = store::EventReader(*connection).range(from, to, mostRows, bytes);
        if (!events)
            return Failure(events.error());
        return framesOf(*events);
    });
}

realtime::UpdateSource makeUpdateSource(const store::Database& database, api::DashboardCache& cache,
                                        api::NoiseBook& noise, statistics::Findings& findings,
                                        const QString& epoch, const QTimeZone& zone)
{
    auto opened = database.openReader();
    if (!opened)
        return {};
    std::shared_ptr<store::ReadConnection> connection = std::move(*opened);
    const auto rollups = std::make_shared<store::RollupSources>(*connection, zone);
    return [connection, rollups, &cache, &noise, &findings, epoch,
            zone](const realtime::Part& part) -> Result<realtime::Update> {
        const api::Numbers numbers{*connection, *rollups, epoch, zone, noise, findings};
        api::WindowReading reading(numbers, {}, part.projects);
        PRISM_TRY(reading.begin());
        switch (part.kind) {
        case realtime::Part::Kind::Dashboard:
            return dashboardUpdate(part, reading, cache);
        case realtime::Part::Kind::Trend:
            return updateOf(part, api::readTrend(reading, part.metric, part.period));
        case realtime::Part::Kind::Forecast:
            return updateOf(part, api::readForecast(reading, part.metric, protocol::ForecastMethod::Seasonal,
                                                    part.steps, part.period));
        }
        return Failure(
            protocol::Error{protocol::ErrorCode::Internal, QStringLiteral("a part of no kind"), {}});
    };
}

std::unique_ptr<analytics::HistorySource> makeHistory(const store::Database& database, const QTimeZone& zone)
{
    auto connection = database.openReader();
    if (!connection)
        return nullptr;
    return std::make_unique<store::RollupHistory>(std::move(*connection), zone);
}

std::vector<realtime::FramePtr> framesOf(const std::vector<store::StoredEvent>& events)
{
    std::vector<realtime::FramePtr> frames;
    frames.reserve(events.size());
    for (const store::StoredEvent& event : events)
        frames.push_back(std::make_shared<realtime::Frame>(
            realtime::Frame{event.seq, event.type, event.project, realtime::textFrame(event.message)}));
    return frames;
}

} // namespace prism::app
