#include "server/store/migrations.h"

#include "server/store/dialect.h"
#include "server/store/name_migration.h"
#include "server/store/settings_migration.h"
#include "server/store/write_scope.h"
#include "shared/protocol/try.h"

#include <QList>

namespace prism::store {

namespace {

// NOLINTBEGIN(bugprone-suspicious-missing-comma): a statement is several literals, one behind the other

/// How each gate stands, and the index by which that is counted anew. countGates() does it the first time.
QList<QByteArray> gates()
{
    return {
        "CREATE INDEX checks_by_gate ON checks (project, gate, branch, status, timestamp) "
        "WHERE gate <> '' AND origin NOT IN ('local', 'agent')",
        "CREATE TABLE gates ("
        "ordinal {ordinal}, project TEXT NOT NULL, gate TEXT NOT NULL, branch TEXT NOT NULL, "
        "status TEXT NOT NULL, newest_at {integer} NOT NULL, newest_ordinal {integer} NOT NULL, "
        "since {integer} NOT NULL, since_ordinal {integer} NOT NULL, before_at {integer}, "
        "before_ordinal {integer}, streak {integer} NOT NULL, live {integer} NOT NULL, "
        "last_pass {integer}, check_id TEXT NOT NULL, commit_id TEXT NOT NULL, url TEXT NOT NULL, "
        "\"user\" TEXT NOT NULL, forgotten {integer} NOT NULL, dropped_status TEXT, "
        "dropped_since {integer}, dropped_streak {integer}, dropped_pass {integer}, "
        "UNIQUE (project, gate))",
        "CREATE INDEX gates_by_status ON gates (status, since)",
        "ALTER TABLE alerts ADD COLUMN project TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE alerts ADD COLUMN gate TEXT NOT NULL DEFAULT ''",
        "CREATE INDEX alerts_by_gate ON alerts (project, gate, timestamp) WHERE gate <> ''",
        "CREATE INDEX alerts_of_gates_by_state ON alerts (state) WHERE gate <> ''",
        "INSERT INTO settings (name, value) VALUES ('gatesCountedTo', '[\"\",\"\"]')",
    };
}

/// Who may tell of runs, and how those were told last that have a check.
QList<QByteArray> hooks()
{
    return {
        "CREATE TABLE hooks ("
        "id TEXT PRIMARY KEY, provider TEXT NOT NULL, project TEXT NOT NULL, secret {bytes} NOT NULL, "
        "created_at {integer} NOT NULL) {keyed}",
        "CREATE TABLE told_runs ("
        "check_ordinal {integer} NOT NULL PRIMARY KEY REFERENCES checks (ordinal) ON DELETE CASCADE, "
        "attempt {integer} NOT NULL, told_at {integer} NOT NULL, content {bytes} NOT NULL) {keyed}",
    };
}

/// Who may ask for what.
QList<QByteArray> tokens()
{
    return {
        "CREATE TABLE tokens ("
        "id TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, hash {bytes} NOT NULL, "
        "previous {bytes}, previous_until {integer} NOT NULL, created_at {integer} NOT NULL, "
        "created_by TEXT NOT NULL, expires_at {integer} NOT NULL, used_at {integer}) {keyed}",
    };
}

/// Which projects a token is limited to, as a list in JSON.
QList<QByteArray> reaches()
{
    return {"ALTER TABLE tokens ADD COLUMN projects TEXT NOT NULL DEFAULT '[]'"};
}

/// Who did what, for a year.
QList<QByteArray> audit()
{
    return {
        "CREATE TABLE audit ("
        "ordinal {ordinal}, timestamp {integer} NOT NULL, token_id TEXT NOT NULL, token_name TEXT NOT NULL, "
        "address TEXT NOT NULL, action TEXT NOT NULL, subject TEXT NOT NULL, before {bytes}, after {bytes}, "
        "request_id TEXT NOT NULL, count {integer} NOT NULL, last_at {integer} NOT NULL)",
        "CREATE INDEX audit_by_time ON audit (timestamp)",
    };
}

/// The projects that are counted by themselves, and what waits to be folded into their rollups: numbered in
/// each scope for itself, so that nobody reads those of others. buildRollups() counts them the first time.
QList<QByteArray> scopes()
{
    return {
        "CREATE TABLE scopes ("
        "id {ordinal}, project TEXT NOT NULL UNIQUE, folded {integer} NOT NULL)",
        "CREATE TABLE scope_deltas ("
        "scope {integer} NOT NULL, ordinal {integer} NOT NULL, start {integer} NOT NULL, "
        "content {bytes} NOT NULL, PRIMARY KEY (scope, ordinal)) {keyed}",
    };
}

/// The statements that lead from each version to the next. Never edited once released: a change is a new
/// entry. Times are milliseconds since 1970 in UTC, durations milliseconds. What stands in braces is spelled
/// by the engine.
QList<QList<QByteArray>> steps()
{
    return {
        {
            "CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) {keyed}",
            "CREATE TABLE events ("
            "seq {ordinal}, timestamp {integer} NOT NULL, type TEXT NOT NULL, project TEXT NOT NULL, "
            "message {bytes} NOT NULL)",
            "CREATE TABLE event_floor (id {ordinal}, seq {integer} NOT NULL)",
            "CREATE TABLE records ("
            "ordinal {ordinal}, id {bytes} NOT NULL UNIQUE, type {integer} NOT NULL, "
            "name TEXT NOT NULL UNIQUE, description TEXT, updated_at {integer} NOT NULL, "
            "version {integer} NOT NULL, json TEXT NOT NULL)",
            "CREATE INDEX records_by_type ON records (type, id)",
            "CREATE INDEX records_by_update ON records (updated_at)",
            "CREATE TABLE record_counts (type {ordinal}, count {integer} NOT NULL)",
            "CREATE TABLE checks ("
            "ordinal {ordinal}, id TEXT NOT NULL UNIQUE, timestamp {integer} NOT NULL, "
            "status TEXT NOT NULL, duration {real} NOT NULL, \"user\" TEXT NOT NULL, session TEXT NOT NULL, "
            "project TEXT NOT NULL)",
            "CREATE INDEX checks_by_time ON checks (timestamp)",
            "CREATE TABLE violations ("
            "check_ordinal {integer} NOT NULL REFERENCES checks (ordinal) ON DELETE CASCADE, "
            "position {integer} NOT NULL, timestamp {integer} NOT NULL, principle_id TEXT NOT NULL, "
            "principle_name TEXT NOT NULL, severity TEXT NOT NULL, message TEXT NOT NULL, "
            "false_positive {integer} NOT NULL, PRIMARY KEY (check_ordinal, position)) {keyed}",
            "CREATE INDEX violations_by_time ON violations "
            "(timestamp, principle_id, false_positive, check_ordinal)",
            "CREATE TABLE answers ("
            "ordinal {ordinal}, key {bytes} NOT NULL UNIQUE, request {bytes} NOT NULL, "
            "created_at {integer} NOT NULL, status {integer} NOT NULL, headers TEXT NOT NULL, body {bytes} "
            "NOT "
            "NULL)",
            "CREATE TABLE retros ("
            "ordinal {ordinal}, id TEXT NOT NULL UNIQUE, timestamp {integer} NOT NULL, "
            "type TEXT NOT NULL, project TEXT NOT NULL, duration {real} NOT NULL, summary TEXT NOT NULL, "
            "lessons TEXT NOT NULL, improvements TEXT NOT NULL, \"user\" TEXT NOT NULL)",
            "CREATE INDEX retros_by_time ON retros (timestamp)",
        },
        {
            "{search}",
        },
        {
            "CREATE TABLE rule_versions ("
            "version {ordinal}, created_at {integer} NOT NULL, principles {integer} NOT NULL, "
            "restored_from {integer}, document TEXT NOT NULL)",
        },
        {
            "ALTER TABLE checks ADD COLUMN imported {integer} NOT NULL DEFAULT 0",
            "ALTER TABLE retros ADD COLUMN imported {integer} NOT NULL DEFAULT 0",
            "CREATE TABLE quarter_rollups ("
            "start {ordinal}, revision {integer} NOT NULL, figures {bytes} NOT NULL, "
            "content {bytes} NOT NULL)",
            "CREATE INDEX quarter_rollups_by_revision ON quarter_rollups (revision)",
            "CREATE TABLE day_rollups ("
            "start {ordinal}, revision {integer} NOT NULL, users {integer} NOT NULL, "
            "users_estimated {integer} NOT NULL, figures {bytes} NOT NULL, content {bytes} NOT NULL)",
            "CREATE INDEX day_rollups_by_revision ON day_rollups (revision)",
        },
        {
            "CREATE TABLE alerts ("
            "ordinal {ordinal}, id TEXT NOT NULL UNIQUE, timestamp {integer} NOT NULL, "
            "kind TEXT NOT NULL, severity TEXT NOT NULL, metric TEXT NOT NULL, value {real} NOT NULL, "
            "expected {real} NOT NULL, bucket {integer} NOT NULL, message TEXT NOT NULL, "
            "acknowledged_by TEXT, acknowledged_at {integer})",
            "CREATE INDEX alerts_by_time ON alerts (timestamp)",
        },
        // What was answered becomes what came of the write. Of the answers of the last day only that they
        // were given is kept, which is what keeps a write from being done twice.
        {
            "CREATE TABLE outcomes ("
            "ordinal {ordinal}, key {bytes} NOT NULL UNIQUE, request {bytes} NOT NULL, "
            "created_at {integer} NOT NULL, outcome {bytes} NOT NULL)",
            "INSERT INTO outcomes (ordinal, key, request, created_at, outcome) "
            "SELECT ordinal, key, request, created_at, CAST('' AS {bytes}) FROM answers ORDER BY ordinal",
            "DROP TABLE answers",
        },
        {
            "ALTER TABLE violations ADD COLUMN pattern TEXT NOT NULL DEFAULT ''",
        },
        // Rollups by scope, the counts of principles in rows of their own, and deltas that wait to be folded.
        // What was counted before is converted by buildRollups(), which drops the table it was in; the days
        // are summed up anew.
        {
            "DROP INDEX quarter_rollups_by_revision",
            "ALTER TABLE quarter_rollups RENAME TO older_rollups",
            "DROP TABLE day_rollups",
            "CREATE TABLE quarter_rollups ("
            "scope {integer} NOT NULL, start {integer} NOT NULL, figures {bytes} NOT NULL, "
            "content {bytes} NOT NULL, PRIMARY KEY (scope, start)) {keyed}",
            "CREATE TABLE day_rollups ("
            "scope {integer} NOT NULL, start {integer} NOT NULL, users {integer} NOT NULL, "
            "users_estimated {integer} NOT NULL, figures {bytes} NOT NULL, content {bytes} NOT NULL, "
            "PRIMARY KEY (scope, start)) {keyed}",
            "CREATE TABLE rollup_deltas ("
            "ordinal {ordinal}, scope {integer} NOT NULL, start {integer} NOT NULL, "
            "content {bytes} NOT NULL)",
            "CREATE TABLE rollup_progress (id {ordinal}, folded {integer} NOT NULL)",
            "INSERT INTO rollup_progress (id, folded) VALUES (1, 0)",
            "CREATE TABLE counted_principles (ordinal {ordinal}, id TEXT NOT NULL UNIQUE)",
            "CREATE TABLE principle_names ("
            "scope {integer} NOT NULL, principle {integer} NOT NULL, name TEXT NOT NULL, "
            "PRIMARY KEY (scope, principle)) {keyed}",
            "CREATE TABLE principle_counts ("
            "scope {integer} NOT NULL, grain {integer} NOT NULL, start {integer} NOT NULL, "
            "part {integer} NOT NULL, counts {bytes} NOT NULL, "
            "PRIMARY KEY (scope, grain, start, part)) {keyed}",
        },
        // Names are compared, and records searched, as Unicode has it.
        {
            "{names}",
            "{search}",
        },
        // Alerts last. Those of before have no "since": each was of one hour or day, and stays until it is
        // acknowledged. "resolved_at" stays when one goes on after its end.
        {
            "ALTER TABLE alerts ADD COLUMN state TEXT NOT NULL DEFAULT 'open'",
            "ALTER TABLE alerts ADD COLUMN since {integer}",
            "ALTER TABLE alerts ADD COLUMN checks {integer}",
            "ALTER TABLE alerts ADD COLUMN limit_ms {real}",
            "ALTER TABLE alerts ADD COLUMN resolved_at {integer}",
            "UPDATE alerts SET state = 'acknowledged' WHERE acknowledged_at IS NOT NULL",
            "{scores}",
        },
        // What a check ran on and where a violation is. A duration below 0 is one that is not known. A list
        // of checks reads the counts and the first violations, which are the gravest: of the older checks
        // that is made true where not all are listed.
        {
            "ALTER TABLE checks ADD COLUMN gate TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE checks ADD COLUMN branch TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE checks ADD COLUMN commit_id TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE checks ADD COLUMN url TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE checks ADD COLUMN origin TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE checks ADD COLUMN blocks {integer} NOT NULL DEFAULT 0",
            "ALTER TABLE checks ADD COLUMN warnings {integer} NOT NULL DEFAULT 0",
            "ALTER TABLE checks ADD COLUMN infos {integer} NOT NULL DEFAULT 0",
            "ALTER TABLE checks ADD COLUMN false_positives {integer} NOT NULL DEFAULT 0",
            "DROP INDEX violations_by_time",
            "ALTER TABLE violations DROP COLUMN timestamp",
            "ALTER TABLE violations ADD COLUMN file TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE violations ADD COLUMN line {integer} NOT NULL DEFAULT 0",
            "ALTER TABLE violations ADD COLUMN column_number {integer} NOT NULL DEFAULT 0",
            "ALTER TABLE violations ADD COLUMN url TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE violations ADD COLUMN fingerprint TEXT NOT NULL DEFAULT ''",
            "UPDATE checks SET (blocks, warnings, infos, false_positives) = ("
            "SELECT COUNT(*) FILTER (WHERE false_positive = 0 AND severity = 'BLOCK'), "
            "COUNT(*) FILTER (WHERE false_positive = 0 AND severity = 'WARNING'), "
            "COUNT(*) FILTER (WHERE false_positive = 0 AND severity = 'INFO'), "
            "COUNT(*) FILTER (WHERE false_positive <> 0) "
            "FROM violations WHERE check_ordinal = checks.ordinal) "
            "WHERE EXISTS (SELECT 1 FROM violations WHERE check_ordinal = checks.ordinal)",
            "UPDATE violations SET position = -1 - sorted.place FROM ("
            "SELECT check_ordinal AS owner, position AS before, ROW_NUMBER() OVER ("
            "PARTITION BY check_ordinal ORDER BY false_positive, "
            "CASE severity WHEN 'BLOCK' THEN 0 WHEN 'WARNING' THEN 1 ELSE 2 END, position) - 1 AS place "
            "FROM violations WHERE check_ordinal IN ("
            "SELECT ordinal FROM checks WHERE blocks + warnings + infos + false_positives > 20)) AS sorted "
            "WHERE check_ordinal = sorted.owner AND position = sorted.before",
            "UPDATE violations SET position = -1 - position WHERE position < 0",
        },
        gates(),
        // A check with very many violations is written and removed a part at a time: while parts are missing
        // it is not whole, and nobody sees it.
        {
            "ALTER TABLE checks ADD COLUMN whole {integer} NOT NULL DEFAULT 1",
            "CREATE INDEX checks_in_parts ON checks (ordinal) WHERE whole = 0",
            "DROP INDEX checks_by_gate",
            "CREATE INDEX checks_by_gate ON checks (project, gate, branch, status, timestamp) "
            "WHERE gate <> '' AND origin NOT IN ('local', 'agent') AND whole = 1",
        },
        // The findings that are known as false positives, and how often each was seen since: apart, as that
        // is written with the checks.
        {
            "CREATE TABLE false_positives ("
            "ordinal {ordinal}, id TEXT NOT NULL UNIQUE, timestamp {integer} NOT NULL, "
            "finding {bytes} NOT NULL UNIQUE, project TEXT NOT NULL, principle_id TEXT NOT NULL, "
            "principle_name TEXT NOT NULL, fingerprint TEXT NOT NULL, file TEXT NOT NULL, "
            "message TEXT NOT NULL, check_id TEXT NOT NULL, marked_by TEXT NOT NULL, reason TEXT NOT NULL)",
            "CREATE INDEX false_positives_by_time ON false_positives (timestamp)",
            "CREATE INDEX false_positives_by_project ON false_positives (project, timestamp)",
            "CREATE TABLE false_positive_sightings ("
            "mark {ordinal}, seen {integer} NOT NULL, last_seen {integer} NOT NULL)",
        },
        hooks(),
        scopes(),
        tokens(),
        audit(),
        reaches(),
    };
    // NOLINTEND(bugprone-suspicious-missing-comma)
}

/// The statement as the engine spells it.
QByteArray spelled(QByteArray statement, const Dialect& dialect)
{
    using Term = Dialect::Term;
    for (const auto& [name, term] : {std::pair{"{integer}", Term::Integer},
                                     {"{real}", Term::Real},
                                     {"{bytes}", Term::Bytes},
                                     {"{ordinal}", Term::Ordinal},
                                     {"{keyed}", Term::Keyed}})
        statement.replace(name, dialect.spelling(term));
    return statement;
}

Result<void> applyStep(WriteConnection& connection, const QList<QByteArray>& statements)
{
    const Dialect& dialect = connection.dialect();
    for (const QByteArray& statement : statements) {
        if (statement == "{names}") {
            PRISM_TRY(unifyNames(connection));
            continue;
        }
        if (statement == "{scores}") {
            PRISM_TRY(resetAlertScores(connection));
            continue;
        }
        const QList<QByteArray> spelledOut =
            statement == "{search}" ? dialect.searchSchema() : QList{spelled(statement, dialect)};
        for (const QByteArray& each : spelledOut)
            PRISM_TRY(connection.execute(each));
    }
    return {};
}

} // namespace

int newestSchema()
{
    return int(steps().size());
}

Result<void> migrate(WriteConnection& connection)
{
    const Dialect& dialect = connection.dialect();
    PRISM_TRY_ASSIGN(const int schema, dialect.schemaVersion(connection));
    const QList<QList<QByteArray>> all = steps();
    if (schema > all.size())
        return Failure(
            Error{ErrorCode::Unavailable,
                  QStringLiteral("The database has schema %1, this program knows up to %2. Use a newer "
                                 "prism-server, or another database.")
                      .arg(schema)
                      .arg(all.size())});
    PRISM_TRY(dialect.checkAbilities(connection));
    if (schema == all.size())
        return {};
    PRISM_TRY_ASSIGN(WriteScope scope, WriteScope::begin(connection));
    for (int version = schema; version < all.size(); ++version) {
        PRISM_TRY(applyStep(connection, all.at(version)));
        PRISM_TRY(dialect.setSchemaVersion(connection, version + 1));
    }
    return scope.commit();
}

} // namespace prism::store
