#pragma once

#include "server/analytics/history.h"
#include "server/store/rollups/rollup_source.h"
#include "server/store/tables/alert_reader.h"

#include <map>

namespace prism::store {

/// The hours and days of the stored rollups, and the alerts, for judging. Keeps the buckets that were asked
/// for until something in them changes. Owns the read connection it asks. Lives on its connection's thread.
class RollupHistory : public analytics::HistorySource
{
public:
    RollupHistory(std::unique_ptr<ReadConnection> connection, const QTimeZone& zone)
        : m_connection(std::move(connection))
        , m_rollups(*m_connection, zone)
        , m_alerts(*m_connection)
    {
    }

    Result<void> begin() override;
    void end() override { m_snapshot.reset(); }
    Result<std::optional<analytics::Timestamp>> earliest() override { return m_rollups.earliest(); }
    Result<analytics::BucketPtr> bucket(const analytics::Span& span) override;
    Result<bool> isNewestLive() override;
    Result<std::optional<protocol::Alert>> lastAlert(protocol::AlertKind kind) override
    {
        return m_alerts.last(kind);
    }

private:
    struct Kept
    {
        analytics::BucketPtr bucket;
        bool isUsed = true; ///< since begin()
    };

    void forgetChanged();

    const std::unique_ptr<ReadConnection> m_connection;
    RollupSource m_rollups;
    AlertReader m_alerts;
    std::map<std::pair<analytics::Timestamp, analytics::Timestamp>, Kept> m_kept; ///< by their spans
    std::optional<Snapshot> m_snapshot;
};

} // namespace prism::store
