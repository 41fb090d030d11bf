#pragma once

#include "server/analytics/gate_course.h"
#include "server/store/page_room.h"
#include "server/store/read_connection.h"

namespace prism::store {

/// Which gates a list is to contain, in the order of their names.
struct GateQuery
{
    QStringList projects; ///< any where there is none; the empty one is of checks that name none
    std::optional<protocol::CheckStatus> status;
    std::optional<protocol::GateName> after; ///< go on behind this one
    int limit = 20;
    qint64 bytes = mostListBytes; ///< how much of encoded entries, see PageRoom
};

struct GatePage
{
    QList<QByteArray> gates;                ///< each as JSON
    std::optional<protocol::GateName> next; ///< nothing at the end
};

/// Reads how the gates stand. Lives on its connection's thread.
class GateReader
{
public:
    explicit GateReader(ReadConnection& connection)
        : m_connection(connection)
    {
    }

    /// `now` says which are stale.
    Result<GatePage> list(const GateQuery& query, protocol::Timestamp now);

    /// One after the other in the order of names, those that are BLOCKED or all others, until `each` returns
    /// false.
    using Each = std::function<bool(const protocol::GateState&)>;
    Result<void> forEach(const QStringList& projects, bool blocked, const Each& each);

    /// Nothing where there is none of this name, or it was forgotten.
    Result<std::optional<protocol::GateState>> find(const protocol::GateName& name);

    /// Those that have been BLOCKED since `since` or longer, and were seen so when it happened.
    Result<QList<protocol::GateState>> blockedSince(protocol::Timestamp since);

    /// When the first of those became BLOCKED that did later than that; nothing where none did.
    Result<std::optional<protocol::Timestamp>> nextBlockedAfter(protocol::Timestamp time);

private:
    ReadConnection& m_connection;
};

} // namespace prism::store
