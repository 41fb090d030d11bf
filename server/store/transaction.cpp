#include "server/store/transaction.h"

namespace prism::store {

Transaction::Transaction(Database& database, protocol::Seq head)
    : m_database(database)
    , m_records(database)
    , m_checks(database)
    , m_retros(database)
    , m_eventTable(database)
    , m_head(head)
{
}

Result<protocol::Seq> Transaction::announce(QLatin1String type, const QString& project,
                                            const QJsonObject& data, protocol::Timestamp now)
{
    const protocol::Event event{QString(type), m_head + 1, data, now};
    StoredEvent stored{event.seq, event.type, project, encode(event)};
    if (const Result<void> inserted = m_eventTable.insert(stored); !inserted)
        return Failure(inserted.error());
    m_head = event.seq;
    m_events.push_back(std::move(stored));
    return event.seq;
}

void Transaction::forgetBehind(std::size_t count)
{
    m_head -= protocol::Seq(m_events.size() - count);
    m_events.resize(count);
}

} // namespace prism::store
