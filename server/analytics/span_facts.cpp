#include "server/analytics/span_facts.h"

#include "shared/protocol/try.h"

namespace prism::analytics {

protocol::Result<SpanFacts> SpanFacts::of(Source& source, const Span& span)
{
    PRISM_TRY_ASSIGN(const RollupPtr rollup, source.rollup(span));
    PRISM_TRY_ASSIGN(const Distinct userDays, source.userDays(span));
    return SpanFacts{rollup, userDays};
}

} // namespace prism::analytics
