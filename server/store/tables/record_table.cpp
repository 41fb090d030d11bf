#include "server/store/tables/record_table.h"

#include "server/store/tables/filter.h"
#include "server/store/tables/record_search.h"
#include "server/store/uuid.h"

#include <QJsonDocument>

namespace prism::store {

using protocol::Record;
using protocol::RecordType;
using protocol::toMillis;

namespace {

Error nameTaken(const QString& name)
{
    return {ErrorCode::AlreadyExists,
            QStringLiteral("A record with this name exists already."),
            {QStringLiteral("name: '%1' is taken").arg(name)}};
}

std::optional<Error> versionConflict(std::optional<int> expected, int actual)
{
    if (!expected || *expected == actual)
        return std::nullopt;
    return Error{ErrorCode::VersionConflict,
                 QStringLiteral("The record was changed by somebody else."),
                 {QStringLiteral("version: is %1, not %2").arg(actual).arg(*expected)}};
}

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

EncodedRecord makeRecord(const protocol::RecordDraft& draft, std::chrono::system_clock::time_point instant)
{
    const auto now = std::chrono::floor<std::chrono::milliseconds>(instant);
    EncodedRecord made{{makeUuidV7(instant), draft.type, draft.name, draft.description, draft.config, now,
                        now, draft.createdBy, 1},
                       {}};
    made.json = encode(made.record);
    return made;
}

Result<void> RecordTable::insert(const EncodedRecord& encoded)
{
    const Record& record = encoded.record;
    const Result<int> inserted =
        m_database.execute("INSERT INTO records (id, type, name, description, updated_at, version, json) "
                           "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO NOTHING",
                           {uuidBytes(record.id), int(record.type), record.name, record.description,
                            toMillis(record.updatedAt), record.version, Value::utf8(encoded.json)});
    if (!inserted)
        return Failure(inserted.error());
    if (*inserted == 0)
        return Failure(nameTaken(record.name));
    ++m_counts[std::size_t(record.type)];
    return {};
}

Result<EncodedRecord> RecordTable::update(const QString& id, const protocol::RecordPatch& patch,
                                          protocol::Timestamp now)
{
    const Result<Row> found = findRow(id);
    if (!found)
        return Failure(found.error());
    EncodedRecord changed{found->record, {}};
    Record& record = changed.record;
    if (const auto conflict = versionConflict(patch.version, record.version))
        return Failure(*conflict);
    if (patch.name && *patch.name != record.name) {
        const Result<bool> taken = isNameTaken(*patch.name, found->ordinal);
        if (!taken)
            return Failure(taken.error());
        if (*taken)
            return Failure(nameTaken(*patch.name));
        record.name = *patch.name;
    }
    record.type = patch.type.value_or(record.type);
    if (patch.description)
        record.description = patch.description;
    if (patch.config)
        record.config = patch.config;
    record.updatedAt = std::max(now, record.updatedAt);
    ++record.version;
    changed.json = encode(record);
    const Result<int> updated = m_database.execute(
        "UPDATE records SET type = ?, name = ?, description = ?, updated_at = ?, version = ?, json = ? "
        "WHERE ordinal = ?",
        {int(record.type), record.name, record.description, toMillis(record.updatedAt), record.version,
         Value::utf8(changed.json), found->ordinal});
    if (!updated)
        return Failure(updated.error());
    if (record.name != found->record.name || record.description != found->record.description) {
        const Result<void> changedText =
            RecordSearch(m_database).change(found->ordinal, record.name, record.description);
        if (!changedText)
            return Failure(changedText.error());
    }
    --m_counts[std::size_t(found->record.type)];
    ++m_counts[std::size_t(record.type)];
    return changed;
}

Result<void> RecordTable::remove(const QString& id, std::optional<int> expectedVersion)
{
    const Result<Row> found = findRow(id);
    if (!found)
        return Failure(found.error());
    if (const auto conflict = versionConflict(expectedVersion, found->record.version))
        return Failure(*conflict);
    const Result<int> removed = m_database.execute("DELETE FROM records WHERE ordinal = ?", {found->ordinal});
    if (!removed)
        return Failure(removed.error());
    if (const Result<void> forgotten = RecordSearch(m_database).forget(found->ordinal); !forgotten)
        return forgotten;
    --m_counts[std::size_t(found->record.type)];
    return {};
}

Result<StoredRecord> RecordTable::find(const QString& id)
{
    Result<Rows> rows = m_database.select("SELECT json, version FROM records WHERE id = ?", {uuidBytes(id)});
    if (!rows)
        return Failure(rows.error());
    if (!rows->next())
        return Failure(noSuchRecord());
    return StoredRecord{rows->bytes(0), int(rows->integer(1))};
}

Result<RecordTable::Row> RecordTable::findRow(const QString& id)
{
    Result<Rows> rows = m_database.select("SELECT ordinal, json FROM records WHERE id = ?", {uuidBytes(id)});
    if (!rows)
        return Failure(rows.error());
    if (!rows->next())
        return Failure(noSuchRecord());
    Result<Record> record = protocol::recordFromJson(QJsonDocument::fromJson(rows->bytes(1)).object());
    if (!record)
        return Failure(Error{ErrorCode::Internal, QStringLiteral("The stored record cannot be read.")});
    return Row{rows->integer(0), std::move(*record)};
}

Result<RecordPage> RecordTable::list(const RecordQuery& query)
{
    RecordSearch search(m_database);
    if (query.listOrder() == RecordOrder::Stored)
        return search.walk(query);
    Filter filter;
    bool isNarrowed = false;
    if (query.isIndexedSearch()) {
        const Result<bool> narrowed = search.narrow(filter, query);
        if (!narrowed)
            return Failure(narrowed.error());
        isNarrowed = *narrowed;
    }
    if (query.type)
        filter.add(isNarrowed ? "+type = ?" : "type = ?", {int(*query.type)});
    if (!query.search.isEmpty())
        RecordSearch::addCondition(filter, query.search);
    addCursor(filter, query);
    const Ordering ordering = orderingOf(query.order);
    const qint64 offset = query.after ? 0 : qint64(query.page - 1) * query.limit;

    RecordPage page;
    {
        Result<Rows> rows = m_database.select(
            "SELECT json, id, name, updated_at, ordinal FROM records" + filter.where() + " ORDER BY " +
                (query.ascending ? ordering.ascending : ordering.descending) + " LIMIT ? OFFSET ?",
            filter.values({query.limit + 1, offset}));
        if (!rows)
            return Failure(rows.error());
        RecordCursor last;
        while (rows->next()) {
            if (page.records.size() == query.limit) {
                page.next = last;
                break;
            }
            page.records.append(rows->bytes(0));
            last = {query.order, rows->text(2), rows->bytes(1), rows->integer(3), rows->integer(4)};
        }
        if (const auto error = rows->error())
            return Failure(*error);
    }
    if (query.search.isEmpty() && !query.after) {
        const Result<qint64> count = total(query.type);
        if (!count)
            return Failure(count.error());
        page.total = *count;
    }
    return page;
}

Result<bool> RecordTable::isNameTaken(const QString& name, qint64 exceptOrdinal)
{
    Result<Rows> rows =
        m_database.select("SELECT 1 FROM records WHERE name = ? AND ordinal <> ?", {name, exceptOrdinal});
    if (!rows)
        return Failure(rows.error());
    return rows->next();
}

Result<void> RecordTable::writeCounts()
{
    for (std::size_t type = 0; type < m_counts.size(); ++type) {
        if (m_counts[type] == 0)
            continue;
        const Result<int> done =
            m_database.execute("INSERT INTO record_counts (type, count) VALUES (?, ?) "
                               "ON CONFLICT (type) DO UPDATE SET count = count + excluded.count",
                               {type, m_counts[type]});
        if (!done)
            return Failure(done.error());
    }
    m_counts = {};
    return {};
}

Result<qint64> RecordTable::total(std::optional<RecordType> type)
{
    Result<Rows> rows =
        type ? m_database.select("SELECT COALESCE(SUM(count), 0) FROM record_counts WHERE type = ?",
                                 {int(*type)})
             : m_database.select("SELECT COALESCE(SUM(count), 0) FROM record_counts");
    if (!rows)
        return Failure(rows.error());
    return rows->next() ? rows->integer(0) : 0;
}

} // namespace prism::store
