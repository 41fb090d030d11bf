#pragma once

#include "server/analytics/history.h"
#include "server/api/dashboard_cache.h"
#include "server/api/noise_book.h"
#include "server/realtime/event_source.h"
#include "server/realtime/update.h"
#include "server/statistics/findings.h"
#include "server/store/database.h"
#include "server/store/tables/event_reader.h"

#include <QTimeZone>

namespace prism::app {

// Where the live parts read what was stored. Each source has a read connection of its own and belongs to the
// thread that made it.

/// The events' frames, from the log.
protocol::Result<realtime::EventSource> makeEventSource(const store::Database& database);

/// Encoded parts of what clients look at; `cache`, `noise` and `findings` are borrowed. Empty when the
/// database cannot be opened.
realtime::UpdateSource makeUpdateSource(const store::Database& database, api::DashboardCache& cache,
                                        api::NoiseBook& noise, statistics::Findings& findings,
                                        const QString& epoch, const QTimeZone& zone);

/// What was measured hour by hour, for judging. Null when the database cannot be opened.
std::unique_ptr<analytics::HistorySource> makeHistory(const store::Database& database, const QTimeZone& zone);

/// Each event encoded once, for all sessions.
std::vector<realtime::FramePtr> framesOf(const std::vector<store::StoredEvent>& events);

} // namespace prism::app
