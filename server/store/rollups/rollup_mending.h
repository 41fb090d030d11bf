#pragma once

#include "server/store/write_connection.h"

#include <QTimeZone>

namespace prism::store {

/// How many rollups said something else than the rows they count.
struct MendedRollups
{
    qint64 quarters = 0; ///< of an hour
    qint64 days = 0;
};

/// Counts the rollups anew from the checks and retrospectives that are kept, and the days of `zone` from the
/// quarters, before anybody else reads or writes, and writes down those that are not as they should be. What
/// lies before the oldest check that is kept cannot be counted anew and stays.
Result<MendedRollups> mendRollups(WriteConnection& connection, const QTimeZone& zone);

} // namespace prism::store
