#pragma once

#include "server/store/sqlite/connection.h"

namespace prism::store::sqlite {

/// Makes `file` a copy of the database as the connection sees it, log included, readable by its owner alone.
/// It is whole and on the disk when it gets its name; until then, and with an error, what had that name
/// before keeps it. Unavailable, with how much room is needed and where.
Result<void> copyDatabase(Connection& from, const QString& file);

} // namespace prism::store::sqlite
