#pragma once

#include "server/analytics/source.h"
#include "server/store/rollups/day_book.h"
#include "server/store/rollups/known_buckets.h"
#include "server/store/rollups/principle_totals.h"
#include "server/store/rollups/recent_quarters.h"
#include "server/store/rollups/row_sums.h"
#include "server/store/rollups/span_sums.h"
#include "shared/protocol/position.h"

#include <set>

namespace prism::store {

/// Makes any span's numbers, of everything or of some projects together, from the stored rollups, at a cost
/// that does not depend on the number of checks: of days, of quarters of an hour at the ends, and of the rows
/// themselves within a quarter. What is folded and what waits to be are one to those who ask. The sums that
/// were asked for are kept and brought up to date by what changed since. Lives on its connection's thread:
/// each thread that asks has its own, over its own read connection.
///
/// One answer: open a Snapshot, refresh(), then ask.
class RollupSource : public analytics::Source
{
public:
    RollupSource(ReadConnection& connection, const QTimeZone& zone, const ScopeSet& set = {});
    RollupSource(const RollupSource&) = delete;
    RollupSource& operator=(const RollupSource&) = delete;

    const Scopes& scopes() const { return m_scopes; }

    /// Takes note of what was committed since the last time; the position that the next answers are of.
    Result<protocol::Seq> refresh();

    /// The quarters in which something changed between the last two refresh(); nothing when it may be all.
    const std::optional<std::set<analytics::Timestamp>>& changed() const { return m_changed; }

    Result<analytics::RollupPtr> rollup(const analytics::Span& span) override;
    Result<std::vector<analytics::PrincipleCount>> topPrinciples(const analytics::Span& span,
                                                                 std::size_t limit) override;
    Result<std::vector<analytics::Figures>> figures(const std::vector<analytics::Timestamp>& starts,
                                                    analytics::Timestamp end) override;
    Result<std::vector<analytics::Distinct>> users(const std::vector<analytics::Timestamp>& starts,
                                                   analytics::Timestamp end) override;
    Result<std::vector<analytics::Times>> times(const std::vector<analytics::Timestamp>& starts,
                                                analytics::Timestamp end) override;
    Result<analytics::Distinct> userDays(const analytics::Span& span) override;
    Result<std::optional<analytics::Timestamp>> earliest() override;
    bool isApproximate() const override { return m_cut.isApproximate(); }

    /// Before this the checks themselves may be gone.
    analytics::Timestamp keptFrom() const { return m_keptFrom; }

private:
    using Timestamp = analytics::Timestamp;
    using Span = analytics::Span;

    Result<void> noteChanges();
    void forgetAll();
    Result<analytics::RollupPtr> sumOf(const Span& whole);
    Result<analytics::Rollup> merged(const Span& whole);
    Result<std::shared_ptr<const analytics::PrincipleSum>> principlesOf(const Span& whole);
    Result<analytics::RollupDelta> rowsOf(const WindowCut::Parts& parts);
    Result<void> addFigures(const Span& whole, bool byDay, const RollupReader::EachFigures& add);
    Result<analytics::Distinct> usersOf(Timestamp day);
    Result<KnownBuckets::Facts> factsOf(const Span& bucket);
    Result<analytics::Distinct> distinctUsers(const Span& span);

    ReadConnection& m_connection;
    const Scopes m_scopes;
    RollupReader m_table;
    DeltaTail m_tail;
    WindowCut m_cut;
    DayBook m_days;
    RecentQuarters m_recent; ///< since yesterday began
    RowSums m_rows;
    KnownBuckets m_buckets;
    PrincipleTotals m_principles;
    SpanSums<analytics::Rollup> m_sums;
    SpanSums<analytics::PrincipleSum> m_principleSums;
    qint64 m_seen = -1; ///< the last delta that all of these know of; negative before the first
    std::optional<std::set<Timestamp>> m_changed;
    Timestamp m_keptFrom{};
};

} // namespace prism::store
