#pragma once

#include "server/store/tables/record_search.h"

namespace prism::store::sqlite {

/// Searches records by SQLite's full-text index of every three characters in a row of name and description.
/// Records are added to it later than they are stored, in the order of their ordinals, so that storing them
/// stays fast: those above the index's reach wait, and are read one by one. What the page of a search costs
/// in the order of RecordOrder::Stored does not depend on how many records there are, nor on how deep its
/// cursor is.
class TrigramIndex final : public RecordSearch
{
public:
    void addCondition(Filter& filter, const QString& text) const override;
    Result<bool> narrow(store::ReadConnection& connection, Filter& filter,
                        const RecordQuery& query) const override;
    Result<RecordPage> walk(store::ReadConnection& connection, const RecordQuery& query) const override;
    Result<void> change(store::WriteConnection& connection, qint64 ordinal, const QString& name,
                        const std::optional<QString>& description) const override;
    Result<void> forget(store::WriteConnection& connection, qint64 ordinal) const override;
    Result<qint64> waiting(store::ReadConnection& connection) const override;
    Result<int> index(store::WriteConnection& connection, int most) const override;
};

} // namespace prism::store::sqlite
