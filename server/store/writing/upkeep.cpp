#include "server/store/writing/upkeep.h"

#include "server/store/tables/checks_kept.h"
#include "server/store/tables/record_search.h"

#include <algorithm>

namespace prism::store {

namespace {

constexpr int eventsAStep = 1000;
constexpr int outcomesAStep = 200;
constexpr int checksAStep = 200;
constexpr int recordsAStep = 100;
/// A search reads as many in 0.13 s.
constexpr qint64 mostWaitingRecords = 500'000;
constexpr int recordsBesideWrites = 1000;
constexpr std::chrono::seconds lookInterval{1};

} // namespace

Result<void> Upkeep::besideWrites(Transaction& transaction, protocol::Timestamp now)
{
    if (const Result<void> indexed = indexBesideWrites(transaction); !indexed)
        return indexed;
    if (const Result<void> trimmed = trimOutcomesBesideWrites(transaction, now); !trimmed)
        return trimmed;
    const bool tooMany = transaction.head() - m_first >= m_retention.events.count;
    if (!tooMany && now < m_nextLook)
        return {};
    const int most = int(2 * transaction.announced()) + 16;
    if (const Result<int> trimmed = trimEvents(transaction, now, most); !trimmed)
        return Failure(trimmed.error());
    if (const Result<int> trimmed = trimChecks(transaction, now, most); !trimmed)
        return Failure(trimmed.error());
    m_nextLook = now + lookInterval;
    return {};
}

void Upkeep::lookAgain()
{
    m_nextLook = {};
    m_outcomesDue = {};
}

/// More than the group added, so that the memory shrinks whenever something is due. What is oldest is looked
/// up after each removal and not for each group: no younger outcome is due before it.
Result<void> Upkeep::trimOutcomesBesideWrites(Transaction& transaction, protocol::Timestamp now)
{
    const int most = 2 * transaction.outcomes().takeRemembered() + 16;
    if (now < m_outcomesDue)
        return {};
    if (const Result<int> trimmed = transaction.outcomes().trim(now - m_retention.answers, most); !trimmed)
        return Failure(trimmed.error());
    const auto oldest = transaction.outcomes().oldest();
    if (!oldest)
        return Failure(oldest.error());
    // An outcome is remembered while it is not older than the retention. The clock may have been set back.
    m_outcomesDue = std::min(oldest->value_or(now), now) + m_retention.answers + std::chrono::milliseconds(1);
    return {};
}

Result<bool> Upkeep::whileIdle(Transaction& transaction, protocol::Timestamp now)
{
    const Result<int> events = trimEvents(transaction, now, eventsAStep);
    if (!events)
        return Failure(events.error());
    const Result<int> outcomes = transaction.outcomes().trim(now - m_retention.answers, outcomesAStep);
    if (!outcomes)
        return Failure(outcomes.error());
    const Result<int> checks = trimChecks(transaction, now, checksAStep);
    if (!checks)
        return Failure(checks.error());
    const Result<int> indexed = RecordSearch(transaction.database()).index(recordsAStep);
    if (!indexed)
        return Failure(indexed.error());
    return *events > 0 || *outcomes > 0 || *checks > 0 || *indexed > 0;
}

/// A search reads all that wait, so they must not become too many, even if the writes never pause. A visit to
/// the index costs as much as some hundred texts, so each is made for many.
Result<void> Upkeep::indexBesideWrites(Transaction& transaction)
{
    RecordSearch search(transaction.database());
    const Result<qint64> waiting = search.waiting();
    if (!waiting)
        return Failure(waiting.error());
    if (*waiting <= mostWaitingRecords)
        return {};
    const Result<int> indexed = search.index(int(transaction.announced()) + recordsBesideWrites);
    if (!indexed)
        return Failure(indexed.error());
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
    const Result<int> trimmed = transaction.checks().trim(limit, most);
    if (!trimmed || *trimmed == 0)
        return trimmed;
    ChecksKept kept(transaction.database());
    const auto from = kept.from();
    if (!from)
        return Failure(from.error());
    if (*from < limit) {
        if (const Result<void> written = kept.setFrom(limit); !written)
            return Failure(written.error());
    }
    return trimmed;
}

Result<int> Upkeep::trimEvents(Transaction& transaction, protocol::Timestamp now, int most)
{
    const Result<int> trimmed = transaction.events().trim(m_retention.events, now, most);
    if (!trimmed)
        return trimmed;
    const Result<protocol::Seq> first = transaction.events().first();
    if (!first)
        return Failure(first.error());
    m_first = *first;
    return trimmed;
}

} // namespace prism::store
