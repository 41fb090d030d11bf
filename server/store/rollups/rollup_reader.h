#pragma once

#include "server/analytics/rollup.h"
#include "server/analytics/window.h"
#include "server/store/read_connection.h"
#include "server/store/rollups/grain.h"
#include "server/store/rollups/scope.h"

#include <functional>

namespace prism::store {

/// What is asked of a day most often, beside its rollup.
struct DayFigures
{
    analytics::Figures figures;
    qint64 users = 0; ///< distinct
    bool usersEstimated = false;
};

/// Reads the folded rollups of one scope, or of several one after the other, each under the moment it starts
/// at: what the deltas that wait say
/// is to be added (DeltaReader). Lives on its connection's thread.
class RollupReader
{
public:
    explicit RollupReader(ReadConnection& connection, Scopes scopes = {everything})
        : m_connection(connection)
        , m_scopes(std::move(scopes))
    {
    }

    /// The empty rollup where nothing happened. Unavailable when what is stored is damaged.
    Result<analytics::Rollup> find(Grain grain, protocol::Timestamp start);

    /// All rollups that start in the span, merged.
    Result<analytics::Rollup> merged(Grain grain, const analytics::Span& span);

    /// One after the other, in each scope by time.
    using Each = std::function<Result<void>(protocol::Timestamp start, const analytics::Rollup& rollup)>;
    Result<void> forEach(Grain grain, const analytics::Span& span, const Each& each);

    /// The figures of the quarters that start in the span, in the same order.
    using EachFigures = std::function<void(protocol::Timestamp start, const analytics::Figures& figures)>;
    Result<void> forEachQuarter(const analytics::Span& span, const EachFigures& each);

    /// All days, in the same order.
    using EachDay = std::function<void(protocol::Timestamp start, const DayFigures& figures)>;
    Result<void> forEachDay(const EachDay& each);

private:
    Result<void> forEach(Scope scope, Grain grain, const analytics::Span& span, const Each& each);
    Result<void> forEachQuarter(Scope scope, const analytics::Span& span, const EachFigures& each);
    Result<void> forEachDay(Scope scope, const EachDay& each);

    ReadConnection& m_connection;
    const Scopes m_scopes;
};

} // namespace prism::store
