#include "server/store/writing/transaction.h"

#include "server/store/tables/checks_kept.h"

namespace prism::store {

Transaction::Transaction(Database& database, protocol::Seq head, const QTimeZone& zone)
    : m_database(database)
    , m_records(database)
    , m_checks(database)
    , m_retros(database)
    , m_eventTable(database)
    , m_outcomes(database)
    , m_rollups(database, zone)
    , m_head(head)
{
}

Result<protocol::Seq> Transaction::announce(QLatin1String type, const QString& project, QByteArrayView data,
                                            protocol::Timestamp now)
{
    const protocol::Seq seq = m_head + 1;
    StoredEvent stored{seq, QString(type), project, protocol::encodeEvent(type, seq, data, now)};
    if (const Result<void> inserted = m_eventTable.insert(stored, now); !inserted)
        return Failure(inserted.error());
    m_head = seq;
    m_events.push_back(std::move(stored));
    return seq;
}

/// A check from before what is kept may have been counted and removed, and must not be counted twice.
Result<bool> Transaction::addCheck(const protocol::Check& check, bool imported)
{
    if (!m_checksKeptFrom) {
        const auto from = ChecksKept(m_database).from();
        if (!from)
            return Failure(from.error());
        m_checksKeptFrom = *from;
    }
    if (check.timestamp < *m_checksKeptFrom)
        return false;
    Result<bool> added = m_checks.insert(check, imported);
    if (added && *added)
        m_rollups.add(check, imported);
    return added;
}

Result<bool> Transaction::addRetro(const protocol::Retro& retro, bool imported)
{
    Result<bool> added = m_retros.insert(retro, imported);
    if (added && *added)
        m_rollups.add(retro, imported);
    return added;
}

Result<MarkedCheck> Transaction::markViolation(const QString& checkId, qint64 position, bool falsePositive)
{
    Result<MarkedCheck> marked = m_checks.mark(checkId, position, falsePositive);
    if (marked && marked->before != marked->after)
        m_rollups.remark(marked->before, marked->after, marked->imported);
    return marked;
}

void Transaction::returnTo(const Mark& mark)
{
    m_head -= protocol::Seq(m_events.size() - mark.announced);
    m_events.resize(mark.announced);
    m_calls.resize(mark.calls);
    m_records.setCounts(mark.counts);
    m_rollups.returnTo(mark.rollups);
    m_checksKeptFrom.reset();
}

Result<void> Transaction::finish()
{
    m_checksKeptFrom.reset(); // upkeep may remove some before the next group
    if (const Result<void> written = m_records.writeCounts(); !written)
        return written;
    return m_rollups.write(m_head);
}

} // namespace prism::store
