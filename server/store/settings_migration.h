#pragma once

#include "server/store/write_connection.h"

namespace prism::store {

/// Puts the settings of alerts back to their defaults where they meant something else before, and says so in
/// the log.
Result<void> resetAlertScores(WriteConnection& connection);

} // namespace prism::store
