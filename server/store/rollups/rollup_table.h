#pragma once

#include "server/analytics/rollup.h"
#include "server/analytics/window.h"
#include "server/store/database.h"
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

/// The stored rollups, each under the moment it starts at. Lives on its database's thread.
class RollupTable
{
public:
    explicit RollupTable(Database& database)
        : m_database(database)
    {
    }

    /// The empty rollup where nothing happened. Unavailable when what is stored is damaged.
    Result<analytics::Rollup> find(Grain grain, protocol::Timestamp start);

    /// `revision` is the position of the change, or later.
    Result<void> write(Grain grain, protocol::Timestamp start, const analytics::Rollup& rollup,
                       protocol::Seq revision);

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

    Result<void> clear(Grain grain);

private:
    Result<void> eachQuarter(Result<Rows> rows, const EachFigures& each);

    Database& m_database;
};

} // namespace prism::store
