#pragma once

#include "server/analytics/source.h"

namespace prism::analytics {

/// What happened in one span, as far as numbers are made of it. A plain value.
struct SpanFacts
{
    RollupPtr rollup;       ///< never null
    Distinct userDays = {}; ///< the distinct users of each day, added up

    static protocol::Result<SpanFacts> of(Source& source, const Span& span);
};

} // namespace prism::analytics
