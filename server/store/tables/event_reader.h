#pragma once

#include "server/store/read_connection.h"
#include "shared/protocol/event.h"

namespace prism::store {

/// An event as it is kept and sent: encoded once.
struct StoredEvent
{
    protocol::Seq seq = 0;
    QString type;
    QString project;    ///< empty for an event that belongs to no project
    QByteArray message; ///< UTF-8 JSON, whole
};

/// Reads the log of events. Lives on its connection's thread.
class EventReader
{
public:
    explicit EventReader(ReadConnection& connection)
        : m_connection(connection)
    {
    }

    /// The events with from ≤ seq ≤ to, in order, `limit` and `bytes` of messages at most, one at least.
    Result<std::vector<StoredEvent>> range(protocol::Seq from, protocol::Seq to, int limit, qint64 bytes);

    /// The smallest seq that is, or will be, in the log: what came before it was trimmed.
    Result<protocol::Seq> first();

    /// The last seq given; 0 before the first. Trimming does not touch it.
    Result<protocol::Seq> head();

    /// When the last event that is kept was; nothing when none is.
    Result<std::optional<protocol::Timestamp>> newest();

private:
    ReadConnection& m_connection;
};

} // namespace prism::store
