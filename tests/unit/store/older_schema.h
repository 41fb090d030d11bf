#pragma once

#include "server/store/write_connection.h"

/// Turns a database of the newest schema into one of schema 18: no token was limited to projects.
inline bool turnIntoSchema18(prism::store::WriteConnection& database)
{
    return database.execute("ALTER TABLE tokens DROP COLUMN projects") &&
           database.execute("PRAGMA user_version=18");
}

/// The same of schema 17: nobody noted who did what.
inline bool turnIntoSchema17(prism::store::WriteConnection& database)
{
    return turnIntoSchema18(database) && database.execute("DROP TABLE audit") &&
           database.execute("PRAGMA user_version=17");
}

/// The same of schema 16: nobody signed in.
inline bool turnIntoSchema16(prism::store::WriteConnection& database)
{
    return turnIntoSchema17(database) && database.execute("DROP TABLE tokens") &&
           database.execute("PRAGMA user_version=16");
}

/// The same of schema 15: no project was counted by itself.
inline bool turnIntoSchema15(prism::store::WriteConnection& database)
{
    if (!turnIntoSchema16(database))
        return false;
    for (const char* step :
         {"DROP TABLE scope_deltas", "DROP TABLE scopes", "DELETE FROM quarter_rollups WHERE scope > 0",
          "DELETE FROM day_rollups WHERE scope > 0", "DELETE FROM principle_counts WHERE scope > 0",
          "UPDATE settings SET value = '3' WHERE name = 'rollupLayout'", "PRAGMA user_version=15"}) {
        if (!database.execute(step))
            return false;
    }
    return true;
}

/// Turns a database of the newest schema into one of schema 14: there were no hooks.
inline bool turnIntoSchema14(prism::store::WriteConnection& database)
{
    if (!turnIntoSchema15(database))
        return false;
    for (const char* step : {"DROP TABLE told_runs", "DROP TABLE hooks", "PRAGMA user_version=14"}) {
        if (!database.execute(step))
            return false;
    }
    return true;
}

/// Turns a database of the newest schema into one of schema 13: no finding was known again.
inline bool turnIntoSchema13(prism::store::WriteConnection& database)
{
    if (!turnIntoSchema14(database))
        return false;
    for (const char* step :
         {"DROP TABLE false_positives", "DROP TABLE false_positive_sightings", "PRAGMA user_version=13"}) {
        if (!database.execute(step))
            return false;
    }
    return true;
}

/// Turns a database of the newest schema into one of schema 12: every check was whole.
inline bool turnIntoSchema12(prism::store::WriteConnection& database)
{
    if (!turnIntoSchema13(database))
        return false;
    // NOLINTBEGIN(bugprone-suspicious-missing-comma): a statement is several literals, one behind the other
    for (const char* step :
         {"DROP INDEX checks_in_parts", "DROP INDEX checks_by_gate", "ALTER TABLE checks DROP COLUMN whole",
          "CREATE INDEX checks_by_gate ON checks (project, gate, branch, status, timestamp) "
          "WHERE gate <> '' AND origin NOT IN ('local', 'agent')",
          "PRAGMA user_version=12"}) {
        // NOLINTEND(bugprone-suspicious-missing-comma)
        if (!database.execute(step))
            return false;
    }
    return true;
}

/// Turns a database of the newest schema into one of schema 11: nobody kept how gates stand. What is stored
/// stays.
inline bool turnIntoSchema11(prism::store::WriteConnection& database)
{
    if (!turnIntoSchema12(database))
        return false;
    for (const char* step :
         {"DROP INDEX checks_by_gate", "DROP TABLE gates", "DROP INDEX alerts_by_gate",
          "DROP INDEX alerts_of_gates_by_state", "ALTER TABLE alerts DROP COLUMN project",
          "ALTER TABLE alerts DROP COLUMN gate", "DELETE FROM settings WHERE name = 'gatesCountedTo'",
          "PRAGMA user_version=11"}) {
        if (!database.execute(step))
            return false;
    }
    return true;
}

/// Turns a database of the newest schema into one of schema 10: a check did not say what it ran on, nor a
/// violation where it is. What is stored stays.
inline bool turnIntoSchema10(prism::store::WriteConnection& database)
{
    if (!turnIntoSchema11(database))
        return false;
    // NOLINTBEGIN(bugprone-suspicious-missing-comma): a statement is several literals, one behind the other
    for (const char* step :
         {"ALTER TABLE violations RENAME TO newer_violations",
          "CREATE TABLE violations (check_ordinal INTEGER NOT NULL REFERENCES checks (ordinal) "
          "ON DELETE CASCADE, position INTEGER NOT NULL, timestamp INTEGER NOT NULL, "
          "principle_id TEXT NOT NULL, principle_name TEXT NOT NULL, severity TEXT NOT NULL, "
          "message TEXT NOT NULL, false_positive INTEGER NOT NULL, pattern TEXT NOT NULL DEFAULT '', "
          "PRIMARY KEY (check_ordinal, position)) WITHOUT ROWID",
          "INSERT INTO violations SELECT check_ordinal, position, timestamp, principle_id, principle_name, "
          "severity, message, false_positive, pattern FROM newer_violations JOIN checks "
          "ON ordinal = check_ordinal",
          "DROP TABLE newer_violations",
          "CREATE INDEX violations_by_time ON violations "
          "(timestamp, principle_id, false_positive, check_ordinal)",
          "ALTER TABLE checks DROP COLUMN gate", "ALTER TABLE checks DROP COLUMN branch",
          "ALTER TABLE checks DROP COLUMN commit_id", "ALTER TABLE checks DROP COLUMN url",
          "ALTER TABLE checks DROP COLUMN origin", "ALTER TABLE checks DROP COLUMN blocks",
          "ALTER TABLE checks DROP COLUMN warnings", "ALTER TABLE checks DROP COLUMN infos",
          "ALTER TABLE checks DROP COLUMN false_positives", "PRAGMA user_version=10"}) {
        // NOLINTEND(bugprone-suspicious-missing-comma)
        if (!database.execute(step))
            return false;
    }
    return true;
}

/// Turns a database of the newest schema into one of schema 9: an alert had no facts but its numbers.
inline bool turnIntoSchema9(prism::store::WriteConnection& database)
{
    if (!turnIntoSchema10(database))
        return false;
    for (const char* step :
         {"ALTER TABLE alerts DROP COLUMN state", "ALTER TABLE alerts DROP COLUMN since",
          "ALTER TABLE alerts DROP COLUMN checks", "ALTER TABLE alerts DROP COLUMN limit_ms",
          "ALTER TABLE alerts DROP COLUMN resolved_at", "PRAGMA user_version=9"}) {
        if (!database.execute(step))
            return false;
    }
    return true;
}

/// Turns a database of the newest schema into one of schema 7, as if nothing had been counted yet: its
/// rollups were of everything, and the counts of principles within them.
inline bool turnIntoSchema7(prism::store::WriteConnection& database)
{
    if (!turnIntoSchema9(database))
        return false;
    // NOLINTBEGIN(bugprone-suspicious-missing-comma): a statement is several literals, one behind the other
    for (const char* step :
         {"DROP TABLE quarter_rollups", "DROP TABLE day_rollups", "DROP TABLE rollup_deltas",
          "DROP TABLE rollup_progress", "DROP TABLE counted_principles", "DROP TABLE principle_names",
          "DROP TABLE principle_counts", "DROP TABLE IF EXISTS older_rollups",
          "DELETE FROM settings WHERE name = 'rollupLayout'",
          "CREATE TABLE quarter_rollups (start INTEGER PRIMARY KEY, revision INTEGER NOT NULL, "
          "figures BLOB NOT NULL, content BLOB NOT NULL)",
          "CREATE INDEX quarter_rollups_by_revision ON quarter_rollups (revision)",
          "CREATE TABLE day_rollups (start INTEGER PRIMARY KEY, revision INTEGER NOT NULL, "
          "users INTEGER NOT NULL, users_estimated INTEGER NOT NULL, figures BLOB NOT NULL, "
          "content BLOB NOT NULL)",
          "CREATE INDEX day_rollups_by_revision ON day_rollups (revision)", "PRAGMA user_version=7"}) {
        // NOLINTEND(bugprone-suspicious-missing-comma)
        if (!database.execute(step))
            return false;
    }
    return true;
}
