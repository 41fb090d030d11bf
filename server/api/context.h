#pragma once

#include "server/api/services.h"
#include "server/store/rollups/rollup_source.h"

namespace prism::api {

/// What the endpoints of one worker work with, on its thread. What is borrowed outlives them.
struct Context : Services
{
    store::Database& database;    ///< this worker's own read connection
    store::RollupSource& numbers; ///< over that
};

} // namespace prism::api
