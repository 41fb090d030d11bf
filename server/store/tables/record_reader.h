#pragma once

#include "server/store/read_connection.h"
#include "server/store/tables/record_query.h"
#include "shared/protocol/record.h"

namespace prism::store {

/// A record as it is kept and answered with: encoded once, when it was written.
struct StoredRecord
{
    QByteArray json;
    int version = 1;
    protocol::Timestamp updatedAt;
};

/// Reads the saved analytics definitions. Lives on its connection's thread.
class RecordReader
{
public:
    explicit RecordReader(ReadConnection& connection)
        : m_connection(connection)
    {
    }

    Result<StoredRecord> find(const QString& id);

    /// Read within a Snapshot, as what is searched by and the records must be of one state.
    Result<RecordPage> list(const RecordQuery& query);

protected:
    struct Row
    {
        qint64 ordinal = 0;
        protocol::Record record;
    };

    Result<Row> findRow(const QString& id);
    Result<bool> isNameTaken(const QString& name, qint64 exceptOrdinal);

private:
    Result<qint64> total(std::optional<protocol::RecordType> type);

    ReadConnection& m_connection;
};

} // namespace prism::store
