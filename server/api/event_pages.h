#pragma once

#include "server/realtime/backlog.h"
#include "server/store/read_connection.h"
#include "shared/protocol/reach.h"

#include <map>
#include <memory>
#include <tuple>

namespace prism::api {

/// Which events a caller asks for: those after `since` in the log named `epoch`, `limit` at the most.
struct EventQuery
{
    protocol::Seq since = 0;
    int limit = 100;
    QString epoch;
    protocol::Reach reach = {}; ///< those that somebody may hear of alone
    bool hasPassed = false;     ///< others that came before `since` were passed over already
};

/// A part of the log of events as it is answered.
struct EncodedPage
{
    bool complete = true; ///< else `since` is no position of this log, or what came after it is gone
    bool isEmpty = true;  ///< there is nothing in it to be told
    protocol::Seq reached = 0;
    QByteArray json; ///< a protocol::EventPage
};

/// Reads the log of events, and reads and encodes once what many ask for until the next event is published.
/// Lives on its database's thread. What it is made with is borrowed and outlives it.
class EventPages
{
public:
    EventPages(store::ReadConnection& database, const QString& epoch, const realtime::Backlog& backlog);

    /// Holds every event that was published before. A page ends with 1 MiB, or one event; what is
    /// passed over counts as well.
    protocol::Result<std::shared_ptr<const EncodedPage>> read(const EventQuery& query);

private:
    using Key = std::tuple<protocol::Seq, int, QString, QStringList, bool>;

    protocol::Result<EncodedPage> load(const EventQuery& query);

    store::ReadConnection& m_database;
    const QString& m_epoch;
    const realtime::Backlog& m_backlog;
    protocol::Seq m_published = 0; ///< the newest event when the pages were read
    std::map<Key, std::shared_ptr<const EncodedPage>> m_pages;
};

} // namespace prism::api
