#pragma once

#include "server/store/rollups/rollup_writer.h"

namespace prism::store {

/// What becomes of the days when the zone has changed: they are summed up anew, or left to mendRollups().
enum class OtherZone { SumUp, Leave };

/// Makes the stored rollups those of the database's rows and of `zone`, at the start, before anybody reads or
/// writes: counts the rows of a database from before there were rollups, and sums up the days anew when the
/// zone has changed. Says in the log how far it is. Reads next to nothing when there is nothing to do.
Result<void> buildRollups(WriteConnection& connection, const QTimeZone& zone,
                          OtherZone otherZone = OtherZone::SumUp);

/// Sums the days of all scopes up anew from the quarters, within a transaction, and writes down whose they
/// are.
Result<void> sumUpDays(WriteConnection& connection, const QTimeZone& zone);

} // namespace prism::store
