#pragma once

#include "server/api/event_pages.h"
#include "server/api/numbers.h"
#include "server/api/patience.h"
#include "server/api/report_limits.h"

namespace prism::api {

/// What one read on a reader's thread reads from, and whether anybody still waits for it. Borrowed for as
/// long as the read takes.
struct Reading
{
    const Numbers& numbers;
    EventPages& events;
    ReportLimits report;
    Patience& patience; ///< asked by the database itself; to be asked by long work beside it
};

} // namespace prism::api
