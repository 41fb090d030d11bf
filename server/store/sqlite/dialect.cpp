#include "server/store/sqlite/dialect.h"

#include "shared/protocol/try.h"

namespace prism::store::sqlite {

QByteArray Dialect::spelling(Term term) const
{
    switch (term) {
    case Term::Integer:
        return "INTEGER";
    case Term::Real:
        return "REAL";
    case Term::Bytes:
        return "BLOB";
    case Term::Ordinal:
        return "INTEGER PRIMARY KEY";
    case Term::Keyed:
        break;
    }
    return "WITHOUT ROWID";
}

QList<QByteArray> Dialect::searchSchema() const
{
    return {
        "DROP TABLE IF EXISTS record_search",
        "DROP TABLE IF EXISTS record_search_progress",
        "CREATE VIRTUAL TABLE record_search USING fts5(text, tokenize='trigram', detail=none)",
        "CREATE TABLE record_search_progress (id INTEGER PRIMARY KEY, watermark INTEGER NOT NULL)",
        "INSERT INTO record_search_progress VALUES (1, 0)",
    };
}

Result<int> Dialect::schemaVersion(store::ReadConnection& connection) const
{
    PRISM_TRY_ASSIGN(Rows rows, connection.select("PRAGMA user_version"));
    return rows.next() ? int(rows.integer(0)) : 0;
}

Result<void> Dialect::setSchemaVersion(store::WriteConnection& connection, int version) const
{
    PRISM_TRY(connection.execute("PRAGMA user_version=" + QByteArray::number(version)));
    return {};
}

Result<void> Dialect::checkAbilities(store::ReadConnection& connection) const
{
    PRISM_TRY_ASSIGN(Rows rows, connection.select("SELECT 1 FROM pragma_module_list WHERE name = 'fts5'"));
    if (!rows.next())
        return Failure(Error{ErrorCode::Unavailable,
                             QStringLiteral("This SQLite library lacks its FTS5 module, which the search of "
                                            "records needs. Use one that was built with it.")});
    return {};
}

} // namespace prism::store::sqlite
