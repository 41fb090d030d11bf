#include "server/store/tables/rule_reader.h"

#include "shared/protocol/try.h"

namespace prism::store {

namespace {

StoredRules readRules(const Rows& rows)
{
    StoredRules rules;
    rules.version = rows.integer(0);
    rules.createdAt = protocol::fromMillis(rows.integer(1));
    rules.principles = rows.integer(2);
    if (!rows.isNull(3))
        rules.restoredFrom = rows.integer(3);
    return rules;
}

} // namespace

Result<qint64> RuleReader::head()
{
    PRISM_TRY_ASSIGN(Rows rows, m_connection.select("SELECT COALESCE(MAX(version), 0) FROM rule_versions"));
    return rows.next() ? rows.integer(0) : 0;
}

Result<StoredRules> RuleReader::find(qint64 version)
{
    PRISM_TRY_ASSIGN(Rows rows,
                     m_connection.select("SELECT version, created_at, principles, restored_from, document "
                                         "FROM rule_versions WHERE version = ?",
                                         {version}));
    if (!rows.next())
        return Failure(
            Error{ErrorCode::NotFound,
                  QStringLiteral("There is no such version of the rules, or it is no longer kept.")});
    StoredRules rules = readRules(rows);
    rules.document = rows.bytes(4);
    return rules;
}

Result<QList<StoredRules>> RuleReader::list()
{
    PRISM_TRY_ASSIGN(Rows rows, m_connection.select("SELECT version, created_at, principles, restored_from "
                                                    "FROM rule_versions ORDER BY version DESC"));
    QList<StoredRules> all;
    while (rows.next())
        all.append(readRules(rows));
    if (const auto error = rows.error())
        return Failure(*error);
    return all;
}

} // namespace prism::store
