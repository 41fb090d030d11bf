#pragma once

#include "server/store/write_connection.h"

namespace prism::store {

/// Gives the records of older programs their names in Unicode's NFC, by which names are compared now. Where
/// that name is taken by another record, " (2)" and so on is put behind it. A record whose name changes gets
/// its next version. Changes nothing the second time.
Result<void> unifyNames(WriteConnection& connection);

} // namespace prism::store
