#include "server/store/record_table.h"

#include "server/store/filter.h"
#include "server/store/uuid.h"

#include <QJsonDocument>

namespace prism::store {

using protocol::Record;
using protocol::RecordType;
using protocol::toMillis;

namespace {

QByteArray columns()
{
    return "id, type, name, description, config, created_at, updated_at, created_by, version";
}

Value configText(const std::optional<protocol::RecordConfig>& config)
{
    if (!config)
        return nullptr;
    return Value::utf8(QJsonDocument(toJson(*config)).toJson(QJsonDocument::Compact));
}

Record readRecord(const Rows& rows)
{
    Record record;
    record.id = rows.text(0);
    record.type = protocol::recordTypeFromString(rows.text(1)).value_or(RecordType::Custom);
    record.name = rows.text(2);
    if (!rows.isNull(3))
        record.description = rows.text(3);
    if (!rows.isNull(4)) {
        const auto config = protocol::recordConfigFromJson(QJsonDocument::fromJson(rows.bytes(4)).object());
        if (config)
            record.config = *config;
    }
    record.createdAt = protocol::fromMillis(rows.integer(5));
    record.updatedAt = protocol::fromMillis(rows.integer(6));
    if (!rows.isNull(7))
        record.createdBy = rows.text(7);
    record.version = int(rows.integer(8));
    return record;
}

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

QByteArray orderColumn(RecordOrder order)
{
    switch (order) {
    case RecordOrder::Name:
        return "name";
    case RecordOrder::UpdatedAt:
        return "updated_at";
    case RecordOrder::CreatedAt:
        break;
    }
    return "created_at";
}

QString likePattern(QString search)
{
    search.replace(QLatin1Char('\\'), QLatin1String("\\\\"));
    search.replace(QLatin1Char('%'), QLatin1String("\\%"));
    search.replace(QLatin1Char('_'), QLatin1String("\\_"));
    return QLatin1Char('%') + search + QLatin1Char('%');
}

} // namespace

Result<Record> RecordTable::create(const protocol::RecordDraft& draft, protocol::Timestamp now)
{
    const Result<bool> taken = isNameTaken(draft.name, QString());
    if (!taken)
        return Failure(taken.error());
    if (*taken)
        return Failure(nameTaken(draft.name));

    const Record record{makeUuidV7(), draft.type,      draft.name, draft.description, draft.config, now,
                        now,          draft.createdBy, 1};
    const Result<int> inserted = m_database.execute(
        "INSERT INTO records (" + columns() + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        {record.id, toString(record.type), record.name, record.description, configText(record.config),
         toMillis(now), toMillis(now), record.createdBy, record.version});
    if (!inserted)
        return Failure(inserted.error());
    if (const Result<void> counted = count(record.type, 1); !counted)
        return Failure(counted.error());
    return record;
}

Result<Record> RecordTable::update(const QString& id, const protocol::RecordPatch& patch,
                                   protocol::Timestamp now)
{
    const Result<Record> found = find(id);
    if (!found)
        return found;
    if (const auto conflict = versionConflict(patch.version, found->version))
        return Failure(*conflict);
    Record record = *found;
    if (patch.name && *patch.name != record.name) {
        const Result<bool> taken = isNameTaken(*patch.name, id);
        if (!taken)
            return Failure(taken.error());
        if (*taken)
            return Failure(nameTaken(*patch.name));
        record.name = *patch.name;
    }
    if (patch.type && *patch.type != record.type) {
        for (const auto& [type, by] : {std::pair(record.type, -1), std::pair(*patch.type, 1)}) {
            if (const Result<void> counted = count(type, by); !counted)
                return Failure(counted.error());
        }
        record.type = *patch.type;
    }
    if (patch.description)
        record.description = patch.description;
    if (patch.config)
        record.config = patch.config;
    record.updatedAt = std::max(now, found->updatedAt);
    record.version = found->version + 1;
    const Result<int> updated = m_database.execute(
        "UPDATE records SET type = ?, name = ?, description = ?, config = ?, updated_at = ?, "
        "version = ? WHERE id = ?",
        {toString(record.type), record.name, record.description, configText(record.config),
         toMillis(record.updatedAt), record.version, id});
    if (!updated)
        return Failure(updated.error());
    return record;
}

Result<Record> RecordTable::remove(const QString& id, std::optional<int> expectedVersion)
{
    const Result<Record> found = find(id);
    if (!found)
        return found;
    if (const auto conflict = versionConflict(expectedVersion, found->version))
        return Failure(*conflict);
    const Result<int> removed = m_database.execute("DELETE FROM records WHERE id = ?", {id});
    if (!removed)
        return Failure(removed.error());
    if (const Result<void> counted = count(found->type, -1); !counted)
        return Failure(counted.error());
    return found;
}

Result<Record> RecordTable::find(const QString& id)
{
    Result<Rows> rows = m_database.select("SELECT " + columns() + " FROM records WHERE id = ?", {id});
    if (!rows)
        return Failure(rows.error());
    if (!rows->next())
        return Failure(Error{ErrorCode::NotFound, QStringLiteral("There is no record with this id.")});
    return readRecord(*rows);
}

Result<RecordPage> RecordTable::list(const RecordQuery& query)
{
    Filter filter;
    if (query.type)
        filter.add("type = ?", {toString(*query.type)});
    if (!query.search.isEmpty()) {
        const QString pattern = likePattern(query.search);
        filter.add("(name LIKE ? ESCAPE '\\' OR description LIKE ? ESCAPE '\\')", {pattern, pattern});
    }
    const QByteArray direction = query.ascending ? " ASC" : " DESC";

    RecordPage page;
    {
        Result<Rows> rows = m_database.select(
            "SELECT " + columns() + " FROM records" + filter.where() + " ORDER BY " +
                orderColumn(query.order) + direction + ", id" + direction + " LIMIT ? OFFSET ?",
            filter.values({query.limit, qint64(query.page - 1) * query.limit}));
        if (!rows)
            return Failure(rows.error());
        while (rows->next())
            page.records.append(readRecord(*rows));
    }
    if (query.search.isEmpty()) {
        const Result<qint64> count = total(query.type);
        if (!count)
            return Failure(count.error());
        page.total = *count;
    }
    return page;
}

Result<bool> RecordTable::isNameTaken(const QString& name, const QString& exceptId)
{
    Result<Rows> rows =
        m_database.select("SELECT 1 FROM records WHERE name = ? AND id <> ?", {name, exceptId});
    if (!rows)
        return Failure(rows.error());
    return rows->next();
}

Result<void> RecordTable::count(RecordType type, int by)
{
    const Result<int> done =
        m_database.execute("INSERT INTO record_counts (type, count) VALUES (?, ?) "
                           "ON CONFLICT (type) DO UPDATE SET count = count + excluded.count",
                           {toString(type), by});
    if (!done)
        return Failure(done.error());
    return {};
}

Result<qint64> RecordTable::total(std::optional<RecordType> type)
{
    Result<Rows> rows =
        m_database.select("SELECT COALESCE(SUM(count), 0) FROM record_counts WHERE ? = '' OR type = ?",
                          {type ? toString(*type) : QString(), type ? toString(*type) : QString()});
    if (!rows)
        return Failure(rows.error());
    return rows->next() ? rows->integer(0) : 0;
}

} // namespace prism::store
