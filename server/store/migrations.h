#pragma once

#include "server/store/write_connection.h"

namespace prism::store {

/// The version of the newest schema this program knows.
int newestSchema();

/// Brings a database to the newest schema, one version a transaction. Refuses one that a newer program wrote.
Result<void> migrate(WriteConnection& connection);

} // namespace prism::store
