#include "server/app/sources.h"

#include "server/api/dashboard_reader.h"
#include "server/store/rollups/rollup_history.h"
#include "shared/protocol/try.h"

namespace prism::app {

using protocol::Failure;
using protocol::Result;

namespace {

/// Of the log of events, read at a time.
constexpr int mostRows = 256;

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

realtime::DashboardSource makeDashboardSource(const store::Database& database, api::DashboardCache& cache,
                                              api::NoiseBook& noise, statistics::Findings& findings,
                                              const QString& epoch, const QTimeZone& zone)
{
    auto opened = database.openReader();
    if (!opened)
        return {};
    std::shared_ptr<store::ReadConnection> connection = std::move(*opened);
    const auto rollups = std::make_shared<store::RollupSource>(*connection, zone);
    return [connection, rollups, &cache, &noise, &findings, epoch,
            zone](protocol::Period period) -> Result<realtime::EncodedDashboard> {
        const api::Numbers numbers{*connection, *rollups, epoch, zone, noise, findings};
        api::WindowReading reading(numbers);
        PRISM_TRY(reading.begin());
        const api::DashboardReader reader(reading, period);
        PRISM_TRY_ASSIGN(const QByteArray json, reader.encoded(cache, reader.tag()));
        return realtime::EncodedDashboard{reading.position().seq, json, reader.noiseHash()};
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
