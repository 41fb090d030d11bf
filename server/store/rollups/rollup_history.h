#pragma once

#include "server/analytics/history.h"
#include "server/store/rollups/rollup_source.h"

namespace prism::store {

/// The hours and days of the stored rollups, for judging. Owns the read connection it asks. Lives on its
/// database's thread.
class RollupHistory : public analytics::HistorySource
{
public:
    RollupHistory(std::unique_ptr<Database> database, const QTimeZone& zone)
        : m_database(std::move(database))
        , m_rollups(*m_database, zone)
    {
    }

    Result<void> begin() override;
    void end() override { m_snapshot.reset(); }
    Result<std::optional<analytics::Timestamp>> earliest() override { return m_rollups.earliest(); }
    Result<analytics::Bucket> bucket(const analytics::Span& span) override;

private:
    const std::unique_ptr<Database> m_database;
    RollupSource m_rollups;
    std::optional<Snapshot> m_snapshot;
};

} // namespace prism::store
