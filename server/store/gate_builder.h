#pragma once

#include "server/store/write_connection.h"

namespace prism::store {

/// Counts the gates that are still to be counted, at the start, before anybody reads or writes: all of an
/// older database, and the rest where a change of the main branches was broken off. Reads next to nothing
/// when there is nothing to do.
Result<void> countGates(WriteConnection& connection);

/// Counts all of them anew; how many stood otherwise than they should.
Result<int> recountGates(WriteConnection& connection);

} // namespace prism::store
