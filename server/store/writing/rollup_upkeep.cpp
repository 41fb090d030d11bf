#include "server/store/writing/rollup_upkeep.h"

#include "server/store/log.h"
#include "shared/protocol/try.h"

#include <algorithm>

namespace prism::store {

using protocol::Timestamp;

namespace {

constexpr std::chrono::seconds idleInterval{1};
constexpr std::chrono::minutes untilTriedAgain{1};
/// About 10 ms when each of them changes another bucket.
constexpr qint64 deltasAStep = 32;
/// A reader that begins reads as many in 20 ms.
constexpr qint64 mostWaitingDeltas = 2'048;

} // namespace

Result<void> RollupUpkeep::besideWrites(Timestamp now)
{
    PRISM_TRY(foldEverything(now));
    return foldProjects(2 * std::exchange(m_ledger.rollups().writtenOfProjects(), 0), now);
}

/// A few are left for a second, so that now and then a write is not followed by another each time.
Result<bool> RollupUpkeep::whileIdle(Timestamp now)
{
    PRISM_TRY(foldProjects(deltasAStep, now));
    const bool isMore = !m_ledger.rollups().due().empty();
    PRISM_TRY_ASSIGN(const qint64 waiting, RollupFolder(m_connection, m_zone).waiting());
    if (waiting == 0 || (waiting < deltasAStep && now < m_nextFold && now + idleInterval >= m_nextFold))
        return isMore;
    m_nextFold = now + idleInterval;
    PRISM_TRY_ASSIGN(const auto step, fold(everything, deltasAStep, now));
    return isMore || (step && step->left >= deltasAStep);
}

/// What a group counts is written down at its end. So this comes a group later, and folds more than that, or
/// as much as is bearable where it was very much.
Result<void> RollupUpkeep::foldEverything(Timestamp now)
{
    constexpr qint64 ceiling = 4 * mostWaitingDeltas; // that those who write pay for
    PRISM_TRY_ASSIGN(qint64 waiting, RollupFolder(m_connection, m_zone).waiting());
    if (waiting <= mostWaitingDeltas)
        return {};
    do {
        const qint64 most = std::clamp(2 * (waiting - mostWaitingDeltas), deltasAStep, 2 * ceiling);
        PRISM_TRY_ASSIGN(const auto step, fold(everything, most, now));
        waiting = step ? step->left : 0;
    } while (waiting > ceiling);
    return {};
}

/// Twice as many as the group before wrote, so that what is due shrinks; as far as a project's changes are
/// about the same quarters they are folded as one.
Result<void> RollupUpkeep::foldProjects(qint64 most, Timestamp now)
{
    std::set<Scope>& due = m_ledger.rollups().due();
    while (most > 0 && !due.empty()) {
        PRISM_TRY_ASSIGN(const auto step,
                         fold(*due.begin(), std::max(most, RollupCounter::mostWaiting), now));
        most -= step ? step->taken : 0;
        if (!step || step->left < RollupCounter::mostWaiting)
            due.erase(due.begin());
    }
    return {};
}

/// Nothing where it was left out.
Result<std::optional<RollupFolder::Step>> RollupUpkeep::fold(Scope scope, qint64 most, Timestamp now)
{
    const auto leftOut = m_leftOut.find(scope);
    if (leftOut != m_leftOut.end() && now < leftOut->second && now + untilTriedAgain >= leftOut->second)
        return std::nullopt;
    RollupFolder folder(m_connection, m_zone, scope);
    const Result<RollupFolder::Step> step = folder.prepare(most);
    if (!step && !m_connection.inTransaction())
        return Failure(step.error());
    if (!step) {
        qCCritical(lcStore).noquote() << "what was counted cannot be summed up:" << step.error().message;
        m_leftOut[scope] = now + untilTriedAgain;
        return std::nullopt;
    }
    m_leftOut.erase(scope);
    PRISM_TRY(folder.write(*step));
    return *step;
}

} // namespace prism::store
