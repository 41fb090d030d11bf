#pragma once

#include "server/analytics/window.h"
#include "server/api/dashboard_cache.h"
#include "server/store/rollups/rollup_source.h"
#include "shared/protocol/dashboard.h"

namespace prism::api {

/// Makes encoded dashboards, each computed once for all who ask after the same event. Lives on its database's
/// thread; what it is given is borrowed.
class DashboardReader
{
public:
    DashboardReader(store::Database& database, store::RollupSource& numbers, DashboardCache& cache,
                    const QString& epoch, const QTimeZone& zone)
        : m_database(database)
        , m_numbers(numbers)
        , m_cache(cache)
        , m_epoch(epoch)
        , m_zone(zone)
    {
    }

    /// Brings the numbers up to what was committed, and says how far that is. Like the rest, within the
    /// snapshot of the answer, and first.
    protocol::Result<protocol::Position> position();

    protocol::Result<protocol::Dashboard> compute(const analytics::Window& window,
                                                  const protocol::Position& position);

    /// As JSON, from the cache where it has it. `tag` is tagOf() these.
    protocol::Result<QByteArray> encoded(const analytics::Window& window, const protocol::Position& position,
                                         const QByteArray& tag);

    /// Says all that a dashboard depends on: what happened (the position), and where the windows lie, to the
    /// minute; with `at`, the moment.
    static QByteArray tagOf(const protocol::Position& position, const analytics::Window& window, bool at);

private:
    protocol::Result<QList<protocol::Alert>> newestAlerts(const analytics::Span& span);

    store::Database& m_database;
    store::RollupSource& m_numbers;
    DashboardCache& m_cache;
    const QString& m_epoch;
    const QTimeZone& m_zone;
};

} // namespace prism::api
