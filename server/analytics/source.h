#pragma once

#include "server/analytics/principle_counts.h"
#include "server/analytics/rollup.h"
#include "server/analytics/window.h"

#include <memory>

namespace prism::analytics {

using RollupPtr = std::shared_ptr<const Rollup>;

/// How many different ones; about, where it is estimated.
struct Distinct
{
    double count = 0;
    bool isEstimated = false;
};

/// What the durations of checks were, in ms; nothing of none.
struct Times
{
    std::optional<double> mean = {};
    std::optional<double> p95 = {};
};

/// Where the numbers come from. All calls of one answer see one state of the data. Spans that begin and end
/// with quarters of an hour are exact always; others as long as the checks themselves are kept.
class Source
{
public:
    Source() = default;
    Source(const Source&) = delete;
    Source& operator=(const Source&) = delete;
    virtual ~Source() = default;

    /// Everything that happened in the span.
    virtual protocol::Result<RollupPtr> rollup(const Span& span) = 0;

    /// The principles that were violated most in the span: most first, ties by id, `limit` at most, none with
    /// a count of 0. Of several names of one principle the greatest that was ever given.
    virtual protocol::Result<std::vector<PrincipleCount>> topPrinciples(const Span& span,
                                                                        std::size_t limit) = 0;

    /// The figures of each of the buckets that begin at `starts`, rising, the last of which ends at `end`.
    virtual protocol::Result<std::vector<Figures>> figures(const std::vector<Timestamp>& starts,
                                                           Timestamp end) = 0;

    /// The distinct users of each of those.
    virtual protocol::Result<std::vector<Distinct>> users(const std::vector<Timestamp>& starts,
                                                          Timestamp end) = 0;

    /// The times of each of those.
    virtual protocol::Result<std::vector<Times>> times(const std::vector<Timestamp>& starts,
                                                       Timestamp end) = 0;

    /// The distinct users of each calendar day of the span, added up.
    virtual protocol::Result<Distinct> userDays(const Span& span) = 0;

    /// A moment not after the earliest check or retrospective, on the same day; nothing without any.
    virtual protocol::Result<std::optional<Timestamp>> earliest() = 0;

    /// Whether an edge of a span of this answer was put to a whole hour, because the checks about it are kept
    /// no longer.
    virtual bool isApproximate() const = 0;
};

} // namespace prism::analytics
