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
constexpr int auditAStep = 200;
constexpr int recordsAStep = 100;
/// A search reads as many in 0.13 s.
constexpr qint64 mostWaitingRecords = 500'000;
constexpr int recordsBesideWrites = 1000;
constexpr std::chrono::seconds lookInterval{1};

} // namespace

Result<void> Upkeep::besideWrites(Transaction& transaction, protocol::Timestamp now)
{
    PRISM_TRY(indexBesideWrites());
    PRISM_TRY(m_rollups.besideWrites(now));
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
    PRISM_TRY(transaction.audit().trim(now - m_retention.audit, most));
    m_nextLook = now + lookInterval;
    return {};
}

void Upkeep::lookAgain()
{
    m_nextLook = {};
    m_rollups.lookAgain();
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
    PRISM_TRY_ASSIGN(const int audited, transaction.audit().trim(now - m_retention.audit, auditAStep));
    PRISM_TRY_ASSIGN(const int indexed, m_connection.dialect().search().index(m_connection, recordsAStep));
    PRISM_TRY_ASSIGN(const bool more, m_rollups.whileIdle(now));
    return events > 0 || outcomes > 0 || checks > 0 || parts > 0 || audited > 0 || indexed > 0 || more;
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
