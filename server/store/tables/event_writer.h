#pragma once

#include "server/store/tables/event_reader.h"
#include "server/store/write_connection.h"

namespace prism::store {

/// How much of the log is kept: whichever is over goes.
struct EventRetention
{
    qint64 count = 1'000'000;
    std::chrono::milliseconds age = std::chrono::days(30);
};

/// Writes the log of events. Lives on its connection's thread.
class EventWriter : public EventReader
{
public:
    explicit EventWriter(WriteConnection& connection)
        : EventReader(connection)
        , m_connection(connection)
    {
    }

    Result<void> insert(const StoredEvent& event, protocol::Timestamp timestamp);

    /// Removes the oldest events that are beyond the retention, `most` of them at the most; how many.
    Result<int> trim(const EventRetention& retention, protocol::Timestamp now, int most);

private:
    WriteConnection& m_connection;
};

} // namespace prism::store
