#pragma once

#include "server/store/tables/filter.h"
#include "server/store/tables/record_query.h"
#include "server/store/write_connection.h"

namespace prism::store {

/// How records are searched by their texts, which is the engine's affair. An engine may add what it searches
/// by later than a record is stored; what is found does not depend on that. Has no state; used from any
/// thread, each with a connection of its own.
class RecordSearch
{
public:
    virtual ~RecordSearch() = default;

    /// Adds the condition that name or description has the text, without regard to case, see
    /// protocol::folded().
    virtual void addCondition(Filter& filter, const QString& text) const = 0;

    /// Adds the condition that leaves the records to look at when they are to be sorted. False, and nothing
    /// is added, when there are so many that walking all is faster.
    virtual Result<bool> narrow(ReadConnection& connection, Filter& filter,
                                const RecordQuery& query) const = 0;

    /// The page of a search in the order of RecordOrder::Stored. Read within a Snapshot.
    virtual Result<RecordPage> walk(ReadConnection& connection, const RecordQuery& query) const = 0;

    /// The record's texts were changed.
    virtual Result<void> change(WriteConnection& connection, qint64 ordinal, const QString& name,
                                const std::optional<QString>& description) const = 0;

    /// The record was deleted. Its ordinal may be given again when it was the greatest.
    virtual Result<void> forget(WriteConnection& connection, qint64 ordinal) const = 0;

    /// How many records wait to be added, at most: their ordinals have gaps.
    virtual Result<qint64> waiting(ReadConnection& connection) const = 0;

    /// Adds the next `most` records that wait; how many it added.
    virtual Result<int> index(WriteConnection& connection, int most) const = 0;

protected:
    RecordSearch() = default;
    RecordSearch(const RecordSearch&) = default;
    RecordSearch& operator=(const RecordSearch&) = default;
};

} // namespace prism::store
