#pragma once

#include "server/store/tables/record_counts.h"
#include "server/store/tables/record_reader.h"
#include "server/store/write_connection.h"

namespace prism::store {

/// A record and its encoding.
struct EncodedRecord
{
    protocol::Record record;
    QByteArray json;
};

/// A new record of this draft, with an id and a time of creation that are of the same instant. Any thread.
EncodedRecord makeRecord(const protocol::RecordDraft& draft, std::chrono::system_clock::time_point instant);

/// Writes the saved analytics definitions. Lives on its connection's thread.
class RecordWriter : public RecordReader
{
public:
    /// `counts` is borrowed, and is told what is added and removed.
    RecordWriter(WriteConnection& connection, RecordCounts& counts)
        : RecordReader(connection)
        , m_connection(connection)
        , m_counts(counts)
    {
    }

    /// AlreadyExists when the name is taken; then nothing is written.
    Result<void> insert(const EncodedRecord& encoded);

    /// Changes the fields given. NotFound; AlreadyExists when the new name is taken; VersionConflict when the
    /// patch names a version and the record has another one.
    Result<EncodedRecord> update(const QString& id, const protocol::RecordPatch& patch,
                                 protocol::Timestamp now);

    /// NotFound.
    Result<void> remove(const QString& id);

private:
    WriteConnection& m_connection;
    RecordCounts& m_counts;
};

} // namespace prism::store
