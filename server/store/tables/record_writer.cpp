#include "server/store/tables/record_writer.h"

#include "server/store/dialect.h"
#include "server/store/tables/record_search.h"
#include "server/store/uuid.h"
#include "shared/protocol/try.h"

namespace prism::store {

using protocol::Record;
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

Result<void> RecordWriter::insert(const EncodedRecord& encoded)
{
    const Record& record = encoded.record;
    PRISM_TRY_ASSIGN(
        const int inserted,
        m_connection.execute("INSERT INTO records (id, type, name, description, updated_at, version, json) "
                             "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO NOTHING",
                             {uuidBytes(record.id), int(record.type), record.name, record.description,
                              toMillis(record.updatedAt), record.version, Value::utf8(encoded.json)}));
    if (inserted == 0)
        return Failure(nameTaken(record.name));
    m_counts.add(record.type);
    return {};
}

Result<EncodedRecord> RecordWriter::update(const QString& id, const protocol::RecordPatch& patch,
                                           protocol::Timestamp now)
{
    PRISM_TRY_ASSIGN(const Row found, findRow(id));
    EncodedRecord changed{found.record, {}};
    Record& record = changed.record;
    if (const auto conflict = versionConflict(patch.version, record.version))
        return Failure(*conflict);
    if (patch.name && *patch.name != record.name) {
        PRISM_TRY_ASSIGN(const bool taken, isNameTaken(*patch.name, found.ordinal));
        if (taken)
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
    PRISM_TRY(m_connection.execute(
        "UPDATE records SET type = ?, name = ?, description = ?, updated_at = ?, version = ?, json = ? "
        "WHERE ordinal = ?",
        {int(record.type), record.name, record.description, toMillis(record.updatedAt), record.version,
         Value::utf8(changed.json), found.ordinal}));
    if (record.name != found.record.name || record.description != found.record.description) {
        PRISM_TRY(m_connection.dialect().search().change(m_connection, found.ordinal, record.name,
                                                         record.description));
    }
    m_counts.remove(found.record.type);
    m_counts.add(record.type);
    return changed;
}

Result<void> RecordWriter::remove(const QString& id)
{
    PRISM_TRY_ASSIGN(const Row found, findRow(id));
    PRISM_TRY(m_connection.execute("DELETE FROM records WHERE ordinal = ?", {found.ordinal}));
    PRISM_TRY(m_connection.dialect().search().forget(m_connection, found.ordinal));
    m_counts.remove(found.record.type);
    return {};
}

} // namespace prism::store
