#pragma once

#include "server/store/tables/false_positive_reader.h"
#include "server/store/write_connection.h"

namespace prism::store {

/// Writes down which findings are false positives. Lives on its connection's thread.
class FalsePositiveWriter : public FalsePositiveReader
{
public:
    explicit FalsePositiveWriter(WriteConnection& connection)
        : FalsePositiveReader(connection)
        , m_connection(connection)
    {
    }

    /// As the one of this number. `key` is what it is known by, which is not there yet.
    Result<void> insert(qint64 ordinal, const QByteArray& key, const protocol::FalsePositive& falsePositive);

    /// Who says so now, when and why.
    Result<void> reword(qint64 ordinal, const protocol::FalsePositive& falsePositive);

    /// The number of the one with this id; nothing where there is none.
    Result<std::optional<qint64>> ordinalOf(const QString& id);

    Result<void> remove(qint64 ordinal);

    /// It was seen so often more, at `last` for the last time; unless it is gone.
    Result<void> addSightings(qint64 ordinal, qint64 times, protocol::Timestamp last);

private:
    WriteConnection& m_connection;
};

} // namespace prism::store
