#pragma once

#include "server/store/database.h"
#include "shared/protocol/record.h"

namespace prism::store {

enum class RecordOrder { Name, CreatedAt, UpdatedAt };

/// What a list of records is to contain.
struct RecordQuery
{
    int page = 1;   ///< from 1
    int limit = 20; ///< 1 to 100
    RecordOrder order = RecordOrder::CreatedAt;
    bool ascending = false;
    std::optional<protocol::RecordType> type;
    QString search; ///< in name and description, ignoring case; empty for all
};

struct RecordPage
{
    QList<protocol::Record> records;
    std::optional<qint64> total; ///< nothing for a search
};

/// The saved analytics definitions, with the number of each type kept beside them. Lives on its database's
/// thread.
class RecordTable
{
public:
    explicit RecordTable(Database& database)
        : m_database(database)
    {
    }

    /// Stores a new record with a new id. AlreadyExists when the name is taken.
    Result<protocol::Record> create(const protocol::RecordDraft& draft, protocol::Timestamp now);

    /// Changes the fields given. NotFound; AlreadyExists when the new name is taken; VersionConflict when the
    /// patch names a version and the record has another one.
    Result<protocol::Record> update(const QString& id, const protocol::RecordPatch& patch,
                                    protocol::Timestamp now);

    /// Returns what was there. NotFound; VersionConflict when `expectedVersion` is given and is not the
    /// record's.
    Result<protocol::Record> remove(const QString& id, std::optional<int> expectedVersion);

    Result<protocol::Record> find(const QString& id);
    Result<RecordPage> list(const RecordQuery& query);

private:
    Result<bool> isNameTaken(const QString& name, const QString& exceptId);
    Result<void> count(protocol::RecordType type, int by);
    Result<qint64> total(std::optional<protocol::RecordType> type);

    Database& m_database;
};

} // namespace prism::store
