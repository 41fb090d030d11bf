#pragma once

#include "server/store/write_connection.h"

#include <QTimeZone>

namespace prism::store {

/// Brings the buckets and deltas from before hits were counted into the form of today, without any. In a
/// transaction of the caller's.
Result<void> convertRollupsWithoutHits(WriteConnection& connection);

/// Sets the hits of all quarters, which have none yet, to the most that they may have been. Folds what waits
/// before. The days are to be summed up afterwards.
Result<void> estimateHits(WriteConnection& connection, const QTimeZone& zone);

} // namespace prism::store
