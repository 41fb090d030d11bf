#pragma once

#include "server/analytics/principle_counts.h"
#include "server/analytics/window.h"
#include "server/store/read_connection.h"
#include "server/store/rollups/grain.h"
#include "server/store/rollups/scope.h"

#include <functional>

namespace prism::store {

/// Reads how often principles were violated in the folded buckets of one scope, or of several. A row has the
/// counts of those of a bucket whose numbers are neighbours, so that a change costs the same however many
/// others there are. Lives on its connection's thread.
class PrincipleCountReader
{
public:
    /// How many numbers share a row, at most.
    static constexpr qint64 numbersARow = 256;

    explicit PrincipleCountReader(ReadConnection& connection, Scopes scopes = {everything})
        : m_connection(connection)
        , m_scopes(std::move(scopes))
    {
    }

    /// Principles by number, from `first` up to, but not, `end`; both whole multiples of numbersARow.
    struct Numbers
    {
        qint64 first = 0;
        qint64 end = 0;
    };

    /// The counts of the buckets that start in the span, row by row. Unavailable when a row is damaged.
    using Each =
        std::function<Result<void>(protocol::Timestamp start, const analytics::PrincipleCounts& counts)>;
    Result<void> forEach(Grain grain, const analytics::Span& span, const Numbers& numbers, const Each& each);

    /// Those of all principles.
    Result<void> forEach(Grain grain, const analytics::Span& span, const Each& each);

private:
    Result<void> forEach(Scope scope, Grain grain, const analytics::Span& span, const Numbers& numbers,
                         const Each& each);

    ReadConnection& m_connection;
    const Scopes m_scopes;
};

} // namespace prism::store
