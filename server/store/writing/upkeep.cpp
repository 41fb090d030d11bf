#include "server/store/writing/upkeep.h"

#include "server/store/dialect.h"
#include "server/store/tables/record_search.h"
#include "shared/protocol/try.h"

#include <algorithm>

namespace prism::store {

namespace {

constexpr int eventsAStep = 1000;
constexpr int outcomesAStep = 200;
constexpr int checksAStep = 200;
constexpr int partsAStep = 500;
constexpr int recordsAStep = 100;
/// A search reads as many in 0.13 s.
constexpr qint64 mostWaitingRecords = 500'000;
constexpr int recordsBesideWrites = 1000;
constexpr std::chrono::seconds lookInterval{1};
/// About 10 ms when each of them changes another bucket.
constexpr qint64 deltasAStep = 32;
/// A reader that begins reads as many in 20 ms.
constexpr qint64 mostWaitingDeltas = 2'048;

} // namespace

Result<void> Upkeep::besideWrites(Transaction& transaction, protocol::Timestamp now)
{
    PRISM_TRY(indexBesideWrites());
    PRISM_TRY(foldBesideWrites());
    PRISM_TRY(foldProjects(2 * std::exchange(m_ledger.rollups().writtenOfProjects(), 0)));
    PRISM_TRY(trimOutcomesBesideWrites(transaction, now));
    if (transaction.gates().takeNewOnes() > 0)
        PRISM_TRY(transaction.gates().trim(mostGates));
    PRISM_TRY(trimParts(transaction, partsAStep)); // as many as a slice adds
    const bool tooMany = m_ledger.head() - m_first >= m_retention.events.count;
    if (!tooMany && now < m_nextLook)
        return {};
    const int most = int(2 * m_ledger.announced()) + 16;
    PRISM_TRY(trimEvents(transaction, now, most));
    PRISM_TRY(trimChecks(transaction, now, most));
    m_nextLook = now + lookInterval;
    return {};
}

void Upkeep::lookAgain()
{
    m_nextLook = {};
    m_nextFold = {};
    m_outcomesDue = {};
}

/// More than the group added, so that the memory shrinks whenever something is due. What is oldest is looked
/// up after each removal and not for each group: no younger outcome is due before it.
Result<void> Upkeep::trimOutcomesBesideWrites(Transaction& transaction, protocol::Timestamp now)
{
    const int most = 2 * std::exchange(m_ledger.rememberedOutcomes(), 0) + 16;
    if (now < m_outcomesDue)
        return {};
    PRISM_TRY(transaction.outcomes().trim(now - m_retention.answers, most));
    PRISM_TRY_ASSIGN(const auto oldest, transaction.outcomes().oldest());
    // An outcome is remembered while it is not older than the retention. The clock may have been set back.
    m_outcomesDue = std::min(oldest.value_or(now), now) + m_retention.answers + std::chrono::milliseconds(1);
    return {};
}

Result<bool> Upkeep::whileIdle(Transaction& transaction, protocol::Timestamp now)
{
    PRISM_TRY_ASSIGN(const int events, trimEvents(transaction, now, eventsAStep));
    PRISM_TRY_ASSIGN(const int outcomes,
                     transaction.outcomes().trim(now - m_retention.answers, outcomesAStep));
    PRISM_TRY_ASSIGN(const int checks, trimChecks(transaction, now, checksAStep));
    PRISM_TRY_ASSIGN(const int parts, trimParts(transaction, partsAStep));
    PRISM_TRY_ASSIGN(const int indexed, m_connection.dialect().search().index(m_connection, recordsAStep));
    PRISM_TRY_ASSIGN(const bool more, foldWhileIdle(now));
    PRISM_TRY(foldProjects(deltasAStep));
    return events > 0 || outcomes > 0 || checks > 0 || parts > 0 || indexed > 0 || more ||
           !m_ledger.rollups().due().empty();
}

/// A search reads all that wait, so they must not become too many, even if the writes never pause. A visit to
/// the index costs as much as some hundred texts, so each is made for many.
Result<void> Upkeep::indexBesideWrites()
{
    const RecordSearch& search = m_connection.dialect().search();
    PRISM_TRY_ASSIGN(const qint64 waiting, search.waiting(m_connection));
    if (waiting <= mostWaitingRecords)
        return {};
    PRISM_TRY(search.index(m_connection, int(m_ledger.announced()) + recordsBesideWrites));
    return {};
}

/// What a group counts is written down at its end. So this comes a group later, and folds more than that, or
/// as much as is bearable where it was very much.
Result<void> Upkeep::foldBesideWrites()
{
    constexpr qint64 ceiling = 4 * mostWaitingDeltas; // that those who write pay for
    PRISM_TRY_ASSIGN(qint64 waiting, m_rollups.waiting());
    if (waiting <= mostWaitingDeltas)
        return {};
    do {
        PRISM_TRY_ASSIGN(waiting, m_rollups.fold(std::max(deltasAStep, 2 * (waiting - mostWaitingDeltas))));
    } while (waiting > ceiling);
    return {};
}

/// Twice as many as the group before wrote, so that what is due shrinks; as far as a project's changes are
/// about the same quarters they are folded as one.
Result<void> Upkeep::foldProjects(qint64 most)
{
    std::set<Scope>& due = m_ledger.rollups().due();
    while (most > 0 && !due.empty()) {
        RollupFolder folder(m_connection, m_zone, *due.begin());
        PRISM_TRY_ASSIGN(const qint64 waiting, folder.waiting());
        PRISM_TRY_ASSIGN(const qint64 left, folder.fold(std::max(most, RollupCounter::mostWaiting)));
        most -= waiting - left;
        if (left < RollupCounter::mostWaiting)
            due.erase(due.begin());
    }
    return {};
}

/// A few are left for a second, so that now and then a write is not followed by another each time.
Result<bool> Upkeep::foldWhileIdle(protocol::Timestamp now)
{
    PRISM_TRY_ASSIGN(const qint64 waiting, m_rollups.waiting());
    if (waiting == 0 || (waiting < deltasAStep && now < m_nextFold && now + lookInterval >= m_nextFold))
        return false;
    m_nextFold = now + lookInterval;
    PRISM_TRY_ASSIGN(const qint64 left, m_rollups.fold(deltasAStep));
    return left >= deltasAStep;
}

/// Whole hours go, and in the transaction of the first of them is said that they do, since a number that
/// needs some of their checks would be wrong from then on.
Result<int> Upkeep::trimChecks(Transaction& transaction, protocol::Timestamp now, int most)
{
    const int days = m_retention.checkDays ? m_retention.checkDays() : 0;
    if (days <= 0)
        return 0;
    const protocol::Timestamp limit = std::chrono::floor<std::chrono::hours>(now - std::chrono::days(days));
    const Result<int> trimmed = transaction.trimChecks(limit, most);
    if (!trimmed || *trimmed == 0)
        return trimmed;
    PRISM_TRY_ASSIGN(const protocol::Timestamp from, transaction.settings().checksKeptFrom());
    if (from < limit)
        PRISM_TRY(transaction.settings().setChecksKeptFrom(limit));
    return trimmed;
}

/// Of checks that were begun and never finished, or are kept no longer.
Result<int> Upkeep::trimParts(Transaction& transaction, int most)
{
    return transaction.checks().removeParts(m_ledger.inWriting(), most);
}

Result<int> Upkeep::trimEvents(Transaction& transaction, protocol::Timestamp now, int most)
{
    const Result<int> trimmed = transaction.events().trim(m_retention.events, now, most);
    if (!trimmed)
        return trimmed;
    PRISM_TRY_ASSIGN(const protocol::Seq first, transaction.events().first());
    m_first = first;
    return trimmed;
}

} // namespace prism::store
