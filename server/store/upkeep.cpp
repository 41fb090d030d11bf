#include "server/store/upkeep.h"

namespace prism::store {

namespace {

constexpr int eventsAStep = 1000;
constexpr int answersAStep = 200;
constexpr std::chrono::seconds lookInterval{1};

} // namespace

Result<void> Upkeep::besideWrites(Transaction& transaction, protocol::Timestamp now)
{
    const bool tooMany = transaction.head() - m_first >= m_retention.events.count;
    if (!tooMany && now < m_nextLook)
        return {};
    const int most = int(2 * transaction.announced()) + 16;
    if (const Result<int> trimmed = trimEvents(transaction, now, most); !trimmed)
        return Failure(trimmed.error());
    if (now >= m_nextLook) {
        m_nextLook = now + lookInterval;
        if (const Result<int> trimmed = transaction.answers().trim(now - m_retention.answers, answersAStep);
            !trimmed)
            return Failure(trimmed.error());
    }
    return {};
}

Result<bool> Upkeep::whileIdle(Transaction& transaction, protocol::Timestamp now)
{
    const Result<int> events = trimEvents(transaction, now, eventsAStep);
    if (!events)
        return Failure(events.error());
    const Result<int> answers = transaction.answers().trim(now - m_retention.answers, answersAStep);
    if (!answers)
        return Failure(answers.error());
    return *events > 0 || *answers > 0;
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
