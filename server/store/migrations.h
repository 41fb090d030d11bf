#pragma once

#include "server/store/write_connection.h"

namespace prism::store {

/// The version of the newest schema this program knows.
int newestSchema();

/// Brings a database to the newest schema in one transaction: whatever ends it on the way, a kill or a full
/// disk, leaves the database to the program that wrote it. Refuses one that a newer program wrote.
Result<void> migrate(WriteConnection& connection);

} // namespace prism::store
