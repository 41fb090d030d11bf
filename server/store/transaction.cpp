#include "server/store/transaction.h"

namespace prism::store {

Transaction::Transaction(Database& database, protocol::Seq head)
    : m_database(database)
    , m_records(database)
    , m_checks(database)
    , m_retros(database)
    , m_eventTable(database)
    , m_answers(database)
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

void Transaction::returnTo(const Mark& mark)
{
    m_head -= protocol::Seq(m_events.size() - mark.announced);
    m_events.resize(mark.announced);
    m_records.setCounts(mark.counts);
}

} // namespace prism::store
