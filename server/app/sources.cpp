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

realtime::EventSource makeEventSource(const QString& databaseFile)
{
    auto opened = store::Database::open(databaseFile, store::Database::Mode::ReadOnly);
    if (!opened)
        return [error = opened.error()](protocol::Seq, protocol::Seq,
                                        qint64) -> Result<std::vector<realtime::FramePtr>> {
            return Failure(error);
        };
    std::shared_ptr<store::Database> database = std::move(*opened);
    return [database](protocol::Seq from, protocol::Seq to,
                      qint64 bytes) -> Result<std::vector<realtime::FramePtr>> {
        const auto events = store::EventTable(*database).range(from, to, mostRows, bytes);
        if (!events)
            return Failure(events.error());
        return framesOf(*events);
    };
}

realtime::DashboardSource makeDashboardSource(const QString& databaseFile, api::DashboardCache& cache,
                                              const QString& epoch, const QTimeZone& zone)
{
    auto opened = store::Database::open(databaseFile, store::Database::Mode::ReadOnly);
    if (!opened)
        return {};
    std::shared_ptr<store::Database> database = std::move(*opened);
    const auto rollups = std::make_shared<store::RollupSource>(*database, zone);
    return [database, rollups, &cache, epoch,
            zone](protocol::Period period) -> Result<realtime::EncodedDashboard> {
        const api::Numbers numbers{*database, *rollups, epoch, zone};
        api::WindowReading reading(numbers);
        PRISM_TRY(reading.begin());
        const api::DashboardReader reader(reading, period);
        PRISM_TRY_ASSIGN(const QByteArray json, reader.encoded(cache, reader.tag()));
        return realtime::EncodedDashboard{reading.position().seq, json};
    };
}

std::unique_ptr<analytics::HistorySource> makeHistory(const QString& databaseFile, const QTimeZone& zone)
{
    auto database = store::Database::open(databaseFile, store::Database::Mode::ReadOnly);
    if (!database)
        return nullptr;
    return std::make_unique<store::RollupHistory>(std::move(*database), zone);
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
