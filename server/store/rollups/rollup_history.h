#pragma once

#include "server/analytics/history.h"
#include "server/store/rollups/rollup_source.h"
#include "server/store/tables/alert_reader.h"
#include "server/store/tables/gate_reader.h"
#include "server/store/tables/settings_reader.h"

#include <map>

namespace prism::store {

/// The hours and days of the stored rollups, the gates and the alerts, for judging. Keeps the buckets that
/// were asked for until something in them changes. Owns the read connection it asks. Lives on its
/// connection's thread.
class RollupHistory : public analytics::HistorySource
{
public:
    RollupHistory(std::unique_ptr<ReadConnection> connection, const QTimeZone& zone)
        : m_connection(std::move(connection))
        , m_rollups(*m_connection, zone)
        , m_alerts(*m_connection)
        , m_gates(*m_connection)
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
    Result<std::optional<protocol::Alert>> lastAlert(const protocol::GateName& gate) override
    {
        return m_alerts.last(gate);
    }
    Result<QList<protocol::Alert>> lastingGateAlerts() override { return m_alerts.lastingOfGates(); }
    Result<std::optional<protocol::GateState>> gate(const protocol::GateName& name) override
    {
        return m_gates.find(name);
    }
    Result<QList<protocol::GateState>> gatesBlockedSince(analytics::Timestamp since) override
    {
        return m_gates.blockedSince(since);
    }
    Result<std::optional<analytics::Timestamp>> nextBlockedAfter(analytics::Timestamp time) override
    {
        return m_gates.nextBlockedAfter(time);
    }
    Result<bool> areGatesUncounted() override;

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
    GateReader m_gates;
    std::map<std::pair<analytics::Timestamp, analytics::Timestamp>, Kept> m_kept; ///< by their spans
    std::optional<Snapshot> m_snapshot;
};

} // namespace prism::store
