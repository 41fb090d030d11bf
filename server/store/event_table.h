#pragma once

#include "server/store/database.h"
#include "shared/protocol/event.h"

#include <vector>

namespace prism::store {

/// An event as it is kept and sent: encoded once.
struct StoredEvent
{
    protocol::Seq seq = 0;
    QString type;
    QString project;    ///< empty for an event that belongs to no project
    QByteArray message; ///< UTF-8 JSON, whole
};

/// The log of events. Lives on its database's thread.
class EventTable
{
public:
    explicit EventTable(Database& database)
        : m_database(database)
    {
    }

    Result<void> insert(const StoredEvent& event);

    /// The events with from ≤ seq ≤ to, in order, `limit` at most.
    Result<std::vector<StoredEvent>> range(protocol::Seq from, protocol::Seq to, int limit);

    /// The last seq given; 0 before the first.
    Result<protocol::Seq> head();

private:
    Database& m_database;
};

} // namespace prism::store
