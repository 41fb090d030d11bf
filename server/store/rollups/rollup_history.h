#pragma once

#include "server/analytics/history.h"
#include "server/store/rollups/rollup_source.h"

namespace prism::store {

/// The hours and days of the stored rollups, for judging. Owns the read connection it asks. Lives on its
/// connection's thread.
class RollupHistory : public analytics::HistorySource
{
public:
    RollupHistory(std::unique_ptr<ReadConnection> connection, const QTimeZone& zone)
        : m_connection(std::move(connection))
        , m_rollups(*m_connection, zone)
    {
    }

    Result<void> begin() override;
    void end() override { m_snapshot.reset(); }
    Result<std::optional<analytics::Timestamp>> earliest() override { return m_rollups.earliest(); }
    Result<analytics::Bucket> bucket(const analytics::Span& span) override;

private:
    const std::unique_ptr<ReadConnection> m_connection;
    RollupSource m_rollups;
    std::optional<Snapshot> m_snapshot;
};

} // namespace prism::store
