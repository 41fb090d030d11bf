#pragma once

#include "server/store/write_connection.h"

/// Turns a database of the newest schema into one of schema 9: an alert had no facts but its numbers.
inline bool turnIntoSchema9(prism::store::WriteConnection& database)
{
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
