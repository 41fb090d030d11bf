#include "server/store/migrations.h"

#include <QList>

namespace prism::store {

namespace {

/// The statements that lead from each version to the next. Never edited once released: a change is a new
/// entry. Times are milliseconds since 1970 in UTC, durations milliseconds.
const QList<QList<QByteArray>>& steps()
{
    // NOLINTBEGIN(bugprone-suspicious-missing-comma): a statement is several literals, one behind the other
    static const QList<QList<QByteArray>> all{
        {
            "CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
            "CREATE TABLE events ("
            "seq INTEGER PRIMARY KEY, timestamp INTEGER NOT NULL, type TEXT NOT NULL, project TEXT NOT NULL, "
            "message BLOB NOT NULL)",
            "CREATE TABLE event_floor (id INTEGER PRIMARY KEY, seq INTEGER NOT NULL)",
            "CREATE TABLE records ("
            "ordinal INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, type INTEGER NOT NULL, "
            "name TEXT NOT NULL UNIQUE, description TEXT, updated_at INTEGER NOT NULL, "
            "version INTEGER NOT NULL, json TEXT NOT NULL)",
            "CREATE INDEX records_by_type ON records (type, id)",
            "CREATE INDEX records_by_update ON records (updated_at)",
            "CREATE TABLE record_counts (type INTEGER PRIMARY KEY, count INTEGER NOT NULL)",
            "CREATE TABLE checks ("
            "ordinal INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, timestamp INTEGER NOT NULL, "
            "status TEXT NOT NULL, duration REAL NOT NULL, user TEXT NOT NULL, session TEXT NOT NULL, "
            "project TEXT NOT NULL)",
            "CREATE INDEX checks_by_time ON checks (timestamp)",
            "CREATE TABLE violations ("
            "check_ordinal INTEGER NOT NULL REFERENCES checks (ordinal) ON DELETE CASCADE, "
            "position INTEGER NOT NULL, timestamp INTEGER NOT NULL, principle_id TEXT NOT NULL, "
            "principle_name TEXT NOT NULL, severity TEXT NOT NULL, message TEXT NOT NULL, "
            "false_positive INTEGER NOT NULL, PRIMARY KEY (check_ordinal, position)) WITHOUT ROWID",
            "CREATE INDEX violations_by_time ON violations "
            "(timestamp, principle_id, false_positive, check_ordinal)",
            "CREATE TABLE answers ("
            "ordinal INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, request BLOB NOT NULL, "
            "created_at INTEGER NOT NULL, status INTEGER NOT NULL, headers TEXT NOT NULL, body BLOB NOT "
            "NULL)",
            "CREATE TABLE retros ("
            "ordinal INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, timestamp INTEGER NOT NULL, "
            "type TEXT NOT NULL, project TEXT NOT NULL, duration REAL NOT NULL, summary TEXT NOT NULL, "
            "lessons TEXT NOT NULL, improvements TEXT NOT NULL, user TEXT NOT NULL)",
            "CREATE INDEX retros_by_time ON retros (timestamp)",
        },
        {
            "CREATE VIRTUAL TABLE record_search USING fts5(text, tokenize='trigram', detail=none)",
            "CREATE TABLE record_search_progress (id INTEGER PRIMARY KEY, watermark INTEGER NOT NULL)",
            "INSERT INTO record_search_progress VALUES (1, 0)",
        },
        {
            "CREATE TABLE rule_versions ("
            "version INTEGER PRIMARY KEY, created_at INTEGER NOT NULL, principles INTEGER NOT NULL, "
            "restored_from INTEGER, document TEXT NOT NULL)",
        },
        {
            "ALTER TABLE checks ADD COLUMN imported INTEGER NOT NULL DEFAULT 0",
            "ALTER TABLE retros ADD COLUMN imported INTEGER NOT NULL DEFAULT 0",
            "CREATE TABLE quarter_rollups ("
            "start INTEGER PRIMARY KEY, revision INTEGER NOT NULL, figures BLOB NOT NULL, "
            "content BLOB NOT NULL)",
            "CREATE INDEX quarter_rollups_by_revision ON quarter_rollups (revision)",
            "CREATE TABLE day_rollups ("
            "start INTEGER PRIMARY KEY, revision INTEGER NOT NULL, users INTEGER NOT NULL, "
            "users_estimated INTEGER NOT NULL, figures BLOB NOT NULL, content BLOB NOT NULL)",
            "CREATE INDEX day_rollups_by_revision ON day_rollups (revision)",
        },
        {
            "CREATE TABLE alerts ("
            "ordinal INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, timestamp INTEGER NOT NULL, "
            "kind TEXT NOT NULL, severity TEXT NOT NULL, metric TEXT NOT NULL, value REAL NOT NULL, "
            "expected REAL NOT NULL, bucket INTEGER NOT NULL, message TEXT NOT NULL, "
            "acknowledged_by TEXT, acknowledged_at INTEGER)",
            "CREATE INDEX alerts_by_time ON alerts (timestamp)",
        },
        // What was answered becomes what came of the write. Of the answers of the last day only that they
        // were given is kept, which is what keeps a write from being done twice.
        {
            "CREATE TABLE outcomes ("
            "ordinal INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, request BLOB NOT NULL, "
            "created_at INTEGER NOT NULL, outcome BLOB NOT NULL)",
            "INSERT INTO outcomes (ordinal, key, request, created_at, outcome) "
            "SELECT ordinal, key, request, created_at, X'' FROM answers ORDER BY ordinal",
            "DROP TABLE answers",
        },
    };
    // NOLINTEND(bugprone-suspicious-missing-comma)
    return all;
}

Result<int> schemaOf(Database& database)
{
    Result<Rows> rows = database.select("PRAGMA user_version");
    if (!rows)
        return Failure(rows.error());
    return rows->next() ? int(rows->integer(0)) : 0;
}

Result<void> requireFullTextSearch(Database& database)
{
    Result<Rows> rows = database.select("SELECT 1 FROM pragma_module_list WHERE name = 'fts5'");
    if (!rows)
        return Failure(rows.error());
    if (!rows->next())
        return Failure(Error{ErrorCode::Unavailable,
                             QStringLiteral("This SQLite library lacks its FTS5 module, which the search of "
                                            "records needs. Use one that was built with it.")});
    return {};
}

Result<void> applyStep(Database& database, int version)
{
    QList<QByteArray> statements = steps().at(version);
    statements << "PRAGMA user_version=" + QByteArray::number(version + 1);
    for (const QByteArray& statement : statements) {
        if (const Result<int> done = database.execute(statement); !done)
            return Failure(done.error());
    }
    return {};
}

} // namespace

int newestSchema()
{
    return int(steps().size());
}

Result<void> migrate(Database& database)
{
    const Result<int> schema = schemaOf(database);
    if (!schema)
        return Failure(schema.error());
    if (*schema > newestSchema())
        return Failure(
            Error{ErrorCode::Unavailable,
                  QStringLiteral("The database has schema %1, this program knows up to %2. Use a newer "
                                 "prism-server, or another database.")
                      .arg(*schema)
                      .arg(newestSchema())});
    if (const Result<void> available = requireFullTextSearch(database); !available)
        return available;
    for (int version = *schema; version < newestSchema(); ++version) {
        if (const auto begun = database.execute("BEGIN IMMEDIATE"); !begun)
            return Failure(begun.error());
        if (const Result<void> applied = applyStep(database, version); !applied) {
            (void)database.execute("ROLLBACK");
            return applied;
        }
        if (const auto committed = database.execute("COMMIT"); !committed)
            return Failure(committed.error());
    }
    return {};
}

} // namespace prism::store
