#pragma once

#include "server/store/read_connection.h"
#include "shared/protocol/timestamp.h"

#include <QList>

namespace prism::store {

/// One version of the rules as it is kept.
struct StoredRules
{
    qint64 version = 0; ///< from 1, rising by one
    protocol::Timestamp createdAt;
    qint64 principles = 0;              ///< how many it has
    std::optional<qint64> restoredFrom; ///< the version it repeats
    QByteArray document = {};           ///< compact JSON; empty in a list
};

/// Reads the newest versions of the rules. Lives on its connection's thread.
class RuleReader
{
public:
    explicit RuleReader(ReadConnection& connection)
        : m_connection(connection)
    {
    }

    /// The newest version given; 0 before the first.
    Result<qint64> head();

    /// NotFound when it never was, or was removed.
    Result<StoredRules> find(qint64 version);

    /// The newest first, without their documents.
    Result<QList<StoredRules>> list();

private:
    ReadConnection& m_connection;
};

} // namespace prism::store
