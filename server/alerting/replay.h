#pragma once

#include "server/alerting/buckets.h"
#include "server/alerting/finding.h"
#include "server/statistics/evidence.h"

namespace prism::alerting {

/// An hour or day, and what was counted in it.
struct Counted
{
    Span span;
    statistics::Hits hits;
    bool isClosed = false;
};

/// Goes through the buckets since the evidence was none, and says what it has come to: all that is remembered
/// of before is the last alert of the kind. What is not closed is judged as if it ended now.
Finding replayed(statistics::Evidence evidence, const std::vector<Counted>& buckets,
                 const std::optional<Alert>& last);

} // namespace prism::alerting
