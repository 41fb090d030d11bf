#pragma once

#include "server/store/database.h"
#include "shared/protocol/timestamp.h"

#include <optional>

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

/// The newest versions of the rules. Lives on its database's thread.
class RuleTable
{
public:
    explicit RuleTable(Database& database)
        : m_database(database)
    {
    }

    /// Adds the rules under the next version, which they are returned with, and removes the oldest beyond
    /// `kept`, 1 or more.
    Result<StoredRules> add(StoredRules rules, int kept);

    /// The newest version given; 0 before the first.
    Result<qint64> head();

    /// NotFound when it never was, or was removed.
    Result<StoredRules> find(qint64 version);

    /// The newest first, without their documents.
    Result<QList<StoredRules>> list();

private:
    Database& m_database;
};

} // namespace prism::store
