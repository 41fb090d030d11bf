#pragma once

#include "server/store/write_connection.h"

namespace prism::store {

/// Brings the quarters that an older program counted into the tables of today. Where it stopped counting
/// principles one by one they are counted again, from the checks, as long as those are kept. In a transaction
/// of the caller's.
Result<void> convertOlderRollups(WriteConnection& connection);

} // namespace prism::store
