#pragma once

#include "server/analytics/rollup.h"
#include "server/analytics/window.h"
#include "server/store/read_connection.h"
#include "shared/protocol/position.h"

#include <functional>

namespace prism::store {

/// What a rollup is of: a quarter of an hour of UTC, or a calendar day of the database's zone.
enum class Grain { Quarter, Day };

/// What is asked of a day most often, beside its rollup.
struct DayFigures
{
    analytics::Figures figures;
    qint64 users = 0; ///< distinct
    bool usersEstimated = false;
};

/// Reads the stored rollups, each under the moment it starts at. Lives on its connection's thread.
class RollupReader
{
public:
    explicit RollupReader(ReadConnection& connection)
        : m_connection(connection)
    {
    }

    /// The empty rollup where nothing happened. Unavailable when what is stored is damaged.
    Result<analytics::Rollup> find(Grain grain, protocol::Timestamp start);

    /// All rollups that start in the span, merged.
    Result<analytics::Rollup> merged(Grain grain, const analytics::Span& span);

    /// One after the other, by time.
    using Each = std::function<Result<void>(protocol::Timestamp start, const analytics::Rollup& rollup)>;
    Result<void> forEach(Grain grain, const analytics::Span& span, const Each& each);

    /// The figures of the quarters that start in the span, by time.
    using EachFigures = std::function<void(protocol::Timestamp start, const analytics::Figures& figures)>;
    Result<void> forEachQuarter(const analytics::Span& span, const EachFigures& each);

    /// The same of those that were written with a later revision than this, in any order.
    Result<void> forEachQuarterAfter(protocol::Seq revision, const EachFigures& each);

    /// The days that were written with a later revision than this, in any order.
    using EachDay = std::function<void(protocol::Timestamp start, const DayFigures& figures)>;
    Result<void> forEachDayAfter(protocol::Seq revision, const EachDay& each);

private:
    Result<void> eachQuarter(Result<Rows> rows, const EachFigures& each);

    ReadConnection& m_connection;
};

} // namespace prism::store
