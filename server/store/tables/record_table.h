#pragma once

#include "server/store/database.h"
#include "server/store/tables/record_query.h"
#include "shared/protocol/record.h"

#include <array>

namespace prism::store {

/// A record as it is kept and answered with: encoded once, when it was written.
struct StoredRecord
{
    QByteArray json;
    int version = 1;
};

/// A record and its encoding.
struct EncodedRecord
{
    protocol::Record record;
    QByteArray json;
};

/// A new record of this draft, with an id and a time of creation that are of the same instant. Any thread.
EncodedRecord makeRecord(const protocol::RecordDraft& draft, std::chrono::system_clock::time_point instant);

/// The saved analytics definitions. Lives on its database's thread.
class RecordTable
{
public:
    /// How many records of each type were added, less those removed, in the order of RecordType.
    using Counts = std::array<qint64, 3>;

    explicit RecordTable(Database& database)
        : m_database(database)
    {
    }

    /// AlreadyExists when the name is taken; then nothing is written.
    Result<void> insert(const EncodedRecord& encoded);

    /// Changes the fields given. NotFound; AlreadyExists when the new name is taken; VersionConflict when the
    /// patch names a version and the record has another one.
    Result<EncodedRecord> update(const QString& id, const protocol::RecordPatch& patch,
                                 protocol::Timestamp now);

    /// NotFound; VersionConflict when `expectedVersion` is given and is not the record's.
    Result<void> remove(const QString& id, std::optional<int> expectedVersion);

    Result<StoredRecord> find(const QString& id);
    Result<RecordPage> list(const RecordQuery& query);

    /// What was counted since the last writeCounts(). Kept here, so that a group of writes touches the stored
    /// totals once; whoever undoes writes sets it back.
    const Counts& counts() const { return m_counts; }
    void setCounts(const Counts& counts) { m_counts = counts; }
    Result<void> writeCounts();

private:
    struct Row
    {
        qint64 ordinal = 0;
        protocol::Record record;
    };

    Result<Row> findRow(const QString& id);
    Result<bool> isNameTaken(const QString& name, qint64 exceptOrdinal);
    Result<qint64> total(std::optional<protocol::RecordType> type);

    Database& m_database;
    Counts m_counts{};
};

} // namespace prism::store
