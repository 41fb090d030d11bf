#pragma once

#include "server/api/noise_book.h"
#include "server/statistics/findings.h"
#include "server/store/rollups/rollup_sources.h"

namespace prism::api {

/// What numbers are read from. Lives on one thread; what is borrowed outlives it.
struct Numbers
{
    store::ReadConnection& database;
    store::RollupSources& rollups; ///< over that
    const QString& epoch;          ///< of that
    const QTimeZone& zone;
    NoiseBook& noise;
    statistics::Findings& findings; ///< of all threads
};

} // namespace prism::api
