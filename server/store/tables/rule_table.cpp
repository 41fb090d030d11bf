#include "server/store/tables/rule_table.h"

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

Result<StoredRules> RuleTable::add(StoredRules rules, int kept)
{
    const Result<qint64> newest = head();
    if (!newest)
        return Failure(newest.error());
    rules.version = *newest + 1;
    const Result<int> inserted = m_database.execute(
        "INSERT INTO rule_versions (version, created_at, principles, restored_from, document) "
        "VALUES (?, ?, ?, ?, ?)",
        {rules.version, protocol::toMillis(rules.createdAt), rules.principles, rules.restoredFrom,
         Value::utf8(rules.document)});
    if (!inserted)
        return Failure(inserted.error());
    const Result<int> removed =
        m_database.execute("DELETE FROM rule_versions WHERE version <= ?", {rules.version - kept});
    if (!removed)
        return Failure(removed.error());
    return rules;
}

Result<qint64> RuleTable::head()
{
    Result<Rows> rows = m_database.select("SELECT MAX(version) FROM rule_versions");
    if (!rows)
        return Failure(rows.error());
    return rows->next() ? rows->integer(0) : 0;
}

Result<StoredRules> RuleTable::find(qint64 version)
{
    Result<Rows> rows = m_database.select("SELECT version, created_at, principles, restored_from, document "
                                          "FROM rule_versions WHERE version = ?",
                                          {version});
    if (!rows)
        return Failure(rows.error());
    if (!rows->next())
        return Failure(
            Error{ErrorCode::NotFound,
                  QStringLiteral("There is no such version of the rules, or it is no longer kept.")});
    StoredRules rules = readRules(*rows);
    rules.document = rows->bytes(4);
    return rules;
}

Result<QList<StoredRules>> RuleTable::list()
{
    Result<Rows> rows = m_database.select("SELECT version, created_at, principles, restored_from "
                                          "FROM rule_versions ORDER BY version DESC");
    if (!rows)
        return Failure(rows.error());
    QList<StoredRules> all;
    while (rows->next())
        all.append(readRules(*rows));
    if (const auto error = rows->error())
        return Failure(*error);
    return all;
}

} // namespace prism::store
