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

/// How much of the log is kept: whichever is over goes.
struct EventRetention
{
    qint64 count = 1'000'000;
    std::chrono::milliseconds age = std::chrono::days(30);
};

/// The log of events. Lives on its database's thread.
class EventTable
{
public:
    explicit EventTable(Database& database)
        : m_database(database)
    {
    }

    Result<void> insert(const StoredEvent& event, protocol::Timestamp timestamp);

    /// The events with from ≤ seq ≤ to, in order, `limit` and about `bytes` of messages at most, one at
    /// least.
    Result<std::vector<StoredEvent>> range(protocol::Seq from, protocol::Seq to, int limit, qint64 bytes);

    /// The smallest seq that is, or will be, in the log: what came before it was trimmed.
    Result<protocol::Seq> first();

    /// The last seq given; 0 before the first. Trimming does not touch it.
    Result<protocol::Seq> head();

    /// When the last event that is kept was; nothing when none is.
    Result<std::optional<protocol::Timestamp>> newest();

    /// Removes the oldest events that are beyond the retention, `most` of them at the most; how many.
    Result<int> trim(const EventRetention& retention, protocol::Timestamp now, int most);

private:
    Database& m_database;
};

} // namespace prism::store
