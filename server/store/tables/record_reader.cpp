#include "server/store/tables/record_reader.h"

#include "server/store/dialect.h"
#include "server/store/page_room.h"
#include "server/store/tables/filter.h"
#include "server/store/tables/record_search.h"
#include "server/store/uuid.h"
#include "shared/protocol/try.h"

namespace prism::store {

using protocol::Record;
using protocol::RecordType;

namespace {

Error noSuchRecord()
{
    return {ErrorCode::NotFound, QStringLiteral("There is no record with this id.")};
}

/// How a list in this order is sorted, and what its cursor is compared with.
struct Ordering
{
    const char* ascending;
    const char* descending;
    const char* behindAscending;
    const char* behindDescending;
};

Ordering orderingOf(RecordOrder order)
{
    switch (order) {
    case RecordOrder::Name:
        return {"name", "name DESC", "name > ?", "name < ?"};
    case RecordOrder::UpdatedAt:
        return {"updated_at, ordinal", "updated_at DESC, ordinal DESC", "(updated_at, ordinal) > (?, ?)",
                "(updated_at, ordinal) < (?, ?)"};
    case RecordOrder::Stored:
        return {"ordinal", "ordinal DESC", "ordinal > ?", "ordinal < ?"};
    case RecordOrder::CreatedAt:
        break;
    }
    return {"id", "id DESC", "id > ?", "id < ?"};
}

void addCursor(Filter& filter, const RecordQuery& query)
{
    if (!query.after)
        return;
    const Ordering ordering = orderingOf(query.order);
    const char* behind = query.ascending ? ordering.behindAscending : ordering.behindDescending;
    switch (query.order) {
    case RecordOrder::Name:
        return filter.add(behind, {query.after->name});
    case RecordOrder::UpdatedAt:
        return filter.add(behind, {query.after->updatedAt, query.after->ordinal});
    case RecordOrder::Stored:
        return filter.add(behind, {query.after->ordinal});
    case RecordOrder::CreatedAt:
        return filter.add(behind, {query.after->id});
    }
}

} // namespace

Result<StoredRecord> RecordReader::find(const QString& id)
{
    PRISM_TRY_ASSIGN(
        Rows rows,
        m_connection.select("SELECT json, version, updated_at FROM records WHERE id = ?", {uuidBytes(id)}));
    if (!rows.next())
        return Failure(noSuchRecord());
    return StoredRecord{rows.bytes(0), int(rows.integer(1)), protocol::fromMillis(rows.integer(2))};
}

Result<RecordReader::Row> RecordReader::findRow(const QString& id)
{
    PRISM_TRY_ASSIGN(Rows rows,
                     m_connection.select("SELECT ordinal, json FROM records WHERE id = ?", {uuidBytes(id)}));
    if (!rows.next())
        return Failure(noSuchRecord());
    Result<Record> record = protocol::decodeRecord(rows.bytes(1));
    if (!record)
        return Failure(Error{ErrorCode::Internal, QStringLiteral("The stored record cannot be read.")});
    return Row{rows.integer(0), std::move(*record)};
}

Result<RecordPage> RecordReader::list(const RecordQuery& query)
{
    const RecordSearch& search = m_connection.dialect().search();
    if (query.listOrder() == RecordOrder::Stored)
        return search.walk(m_connection, query);
    Filter filter;
    bool isNarrowed = false;
    if (query.isIndexedSearch()) {
        PRISM_TRY_ASSIGN(const bool narrowed, search.narrow(m_connection, filter, query));
        isNarrowed = narrowed;
    }
    if (query.type)
        filter.add(isNarrowed ? "+type = ?" : "type = ?", {int(*query.type)});
    if (!query.search.isEmpty())
        search.addCondition(filter, query.search);
    addCursor(filter, query);
    const Ordering ordering = orderingOf(query.order);
    const qint64 offset = query.after ? 0 : qint64(query.page - 1) * query.limit;

    RecordPage page;
    {
        PRISM_TRY_ASSIGN(
            Rows rows, m_connection.select("SELECT json, id, name, updated_at, ordinal FROM records" +
                                               filter.where() + " ORDER BY " +
                                               (query.ascending ? ordering.ascending : ordering.descending) +
                                               " LIMIT ? OFFSET ?",
                                           filter.values({query.limit + 1, offset})));
        RecordCursor last;
        PageRoom room(query.bytes);
        while (rows.next()) {
            const QByteArray json = rows.bytes(0);
            if (page.records.size() == query.limit || !room.take(json.size())) {
                page.next = last;
                break;
            }
            page.records.append(json);
            last = {query.order, rows.text(2), rows.bytes(1), rows.integer(3), rows.integer(4)};
        }
        if (const auto error = rows.error())
            return Failure(*error);
    }
    if (query.search.isEmpty() && !query.after) {
        PRISM_TRY_ASSIGN(const qint64 count, total(query.type));
        page.total = count;
    }
    return page;
}

Result<bool> RecordReader::isNameTaken(const QString& name, qint64 exceptOrdinal)
{
    PRISM_TRY_ASSIGN(Rows rows, m_connection.select("SELECT 1 FROM records WHERE name = ? AND ordinal <> ?",
                                                    {name, exceptOrdinal}));
    return rows.next();
}

Result<qint64> RecordReader::total(std::optional<RecordType> type)
{
    PRISM_TRY_ASSIGN(
        Rows rows,
        type ? m_connection.select(
                   "SELECT CAST(COALESCE(SUM(count), 0) AS BIGINT) FROM record_counts WHERE type = ?",
                   {int(*type)})
             : m_connection.select("SELECT CAST(COALESCE(SUM(count), 0) AS BIGINT) FROM record_counts"));
    return rows.next() ? rows.integer(0) : 0;
}

} // namespace prism::store
