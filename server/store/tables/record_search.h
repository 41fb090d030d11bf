#pragma once

#include "server/store/database.h"
#include "server/store/tables/filter.h"
#include "server/store/tables/record_query.h"

namespace prism::store {

/// The index that records are searched by: for every three characters in a row of name and description the
/// records they are in. Records are added to it later than they are stored, in the order of their ordinals,
/// so that storing them stays fast: those above the watermark wait, and are read one by one. Lives on its
/// database's thread; keeps nothing outside the database.
class RecordSearch
{
public:
    explicit RecordSearch(Database& database)
        : m_database(database)
    {
    }

    /// Adds the condition that name or description has the text, ignoring the case of ASCII letters.
    static void addCondition(Filter& filter, const QString& text);

    /// Adds the condition that leaves the records to look at when they are to be sorted: those that the index
    /// names and those that wait. False, and nothing is added, when the index names so many that walking all
    /// is faster.
    Result<bool> narrow(Filter& filter, const RecordQuery& query);

    /// The page of a search in the order of RecordOrder::Stored; what it costs does not depend on how many
    /// records there are, nor on how deep its cursor is. Read within a Snapshot, as the index and the records
    /// must be of one state.
    Result<RecordPage> walk(const RecordQuery& query);

    /// The record's texts were changed.
    Result<void> change(qint64 ordinal, const QString& name, const std::optional<QString>& description);

    /// The record was deleted. Its ordinal may be given again when it was the greatest.
    Result<void> forget(qint64 ordinal);

    /// How many records wait, at most: their ordinals have gaps.
    Result<qint64> waiting();

    /// Adds the next `most` records that wait; how many it added.
    Result<int> index(int most);

private:
    enum class Part { Indexed, Waiting };

    Result<qint64> watermark();
    Result<Rows> read(const RecordQuery& query, Part part, qint64 watermark);

    Database& m_database;
};

} // namespace prism::store
