#pragma once

#include "server/alerting/detector.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <vector>

namespace prism::test {

/// Hours and days as the test says; all others are empty, and a longer span is the sum of its hours. Says
/// nothing of how real ones are counted.
class FakeHistory : public analytics::HistorySource
{
public:
    std::map<protocol::Timestamp, analytics::Bucket> hours;
    std::map<protocol::Timestamp, analytics::Bucket> days;
    std::map<protocol::AlertKind, protocol::Alert> alerts; ///< the last of each kind
    std::optional<protocol::Timestamp> first;
    bool newestIsLive = true;
    std::vector<protocol::GateState> gates;  ///< all seen live
    std::vector<protocol::Alert> gateAlerts; ///< in the order in which they were raised
    bool gatesAreUncounted = false;

    explicit FakeHistory(protocol::Timestamp earliestData)
        : first(earliestData)
    {
    }

    protocol::Result<void> begin() override { return {}; }
    void end() override {}
    protocol::Result<std::optional<protocol::Timestamp>> earliest() override { return first; }

    protocol::Result<analytics::BucketPtr> bucket(const analytics::Span& span) override
    {
        constexpr std::chrono::hours oneHour{1}, longestDay{25};
        if (span.to - span.from > longestDay)
            return std::make_shared<analytics::Bucket>(sumOf(span));
        const auto& buckets = span.to - span.from == oneHour ? hours : days;
        const auto found = buckets.find(span.from);
        return std::make_shared<analytics::Bucket>(found == buckets.end() ? analytics::Bucket()
                                                                          : found->second);
    }

    protocol::Result<bool> isNewestLive() override { return newestIsLive; }

    protocol::Result<std::optional<protocol::Alert>> lastAlert(protocol::AlertKind kind) override
    {
        const auto known = alerts.find(kind);
        return known == alerts.end() ? std::nullopt : std::optional(known->second);
    }

    protocol::Result<std::optional<protocol::Alert>> lastAlert(const protocol::GateName& gate) override
    {
        for (auto alert = gateAlerts.rbegin(); alert != gateAlerts.rend(); ++alert) {
            if (alert->project == gate.project && alert->gate == gate.gate)
                return *alert;
        }
        return std::nullopt;
    }

    protocol::Result<QList<protocol::Alert>> lastingGateAlerts() override
    {
        QList<protocol::Alert> lasting;
        std::ranges::copy_if(gateAlerts, std::back_inserter(lasting), [](const protocol::Alert& alert) {
            return alert.state != protocol::AlertState::Resolved;
        });
        return lasting;
    }

    protocol::Result<std::optional<protocol::GateState>> gate(const protocol::GateName& name) override
    {
        const auto known = std::ranges::find(gates, name, &protocol::GateState::name);
        return known == gates.end() ? std::nullopt : std::optional(*known);
    }

    protocol::Result<QList<protocol::GateState>> gatesBlockedSince(protocol::Timestamp since) override
    {
        QList<protocol::GateState> blocked;
        std::ranges::copy_if(gates, std::back_inserter(blocked), [&](const protocol::GateState& each) {
            return each.status == protocol::CheckStatus::Blocked && each.since <= since;
        });
        return blocked;
    }

    protocol::Result<std::optional<protocol::Timestamp>> nextBlockedAfter(protocol::Timestamp time) override
    {
        std::optional<protocol::Timestamp> next;
        for (const protocol::GateState& each : gates) {
            if (each.status == protocol::CheckStatus::Blocked && each.since > time)
                next = std::min(next.value_or(each.since), each.since);
        }
        return next;
    }

    protocol::Result<bool> areGatesUncounted() override { return gatesAreUncounted; }

private:
    analytics::Bucket sumOf(const analytics::Span& span) const
    {
        analytics::Bucket sum;
        for (auto hour = hours.lower_bound(span.from); hour != hours.end() && hour->first < span.to; ++hour) {
            sum.all.figures += hour->second.all.figures;
            sum.all.durations.merge(hour->second.all.durations);
        }
        return sum;
    }
};

/// So many checks of a duration each, and how many hits and checks with violations there are.
inline analytics::Rollup::Part partOf(int checks, qint64 hits, qint64 withViolations = 0,
                                      double duration = 10)
{
    analytics::Rollup::Part part;
    part.figures.checks = checks;
    part.figures.hits = hits;
    part.figures.checksWithViolations = withViolations;
    for (int i = 0; i < checks; ++i)
        part.durations.add(duration);
    return part;
}

inline analytics::Bucket bucketOf(const analytics::Rollup::Part& part, qint64 users = 0)
{
    return {part, part, users, true};
}

/// Nothing of it was seen live.
inline analytics::Bucket importedOf(const analytics::Rollup::Part& part, qint64 users = 0)
{
    return {part, {}, users, false};
}

} // namespace prism::test
