#pragma once

#include "server/api/dashboard_cache.h"
#include "server/store/rollup_source.h"
#include "server/store/settings_book.h"
#include "server/store/write_queue.h"
#include "shared/protocol/record.h"

#include <QTimeZone>

namespace prism::api {

/// What the endpoints of one worker work with. Everything is borrowed and outlives them.
struct Context
{
    store::Database& database;    ///< this worker's own read connection
    store::RollupSource& numbers; ///< over that
    store::WriteQueue& writes;
    DashboardCache& dashboards;
    store::SettingsBook& settings;
    const QString& epoch;
    const QTimeZone& zone;
    int maxJsonDepth = 32;
    protocol::RecordLimits records = {};
    std::chrono::milliseconds answersRemembered = std::chrono::hours(24); ///< under an Idempotency-Key
};

} // namespace prism::api
