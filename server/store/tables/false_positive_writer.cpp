#include "server/store/tables/false_positive_writer.h"

#include "shared/protocol/try.h"

namespace prism::store {

using protocol::FalsePositive;
using protocol::toMillis;

Result<void> FalsePositiveWriter::insert(qint64 ordinal, const QByteArray& key,
                                         const FalsePositive& falsePositive)
{
    PRISM_TRY(
        m_connection.execute("INSERT INTO false_positives (ordinal, id, timestamp, finding, project, "
                             "principle_id, principle_name, "
                             "fingerprint, file, message, check_id, marked_by, reason) VALUES (?, ?, "
                             "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                             {ordinal, falsePositive.id, toMillis(falsePositive.at), key,
                              falsePositive.project, falsePositive.principleId, falsePositive.principleName,
                              falsePositive.fingerprint, falsePositive.file, falsePositive.message,
                              falsePositive.checkId, falsePositive.by, falsePositive.reason}));
    return {};
}

Result<void> FalsePositiveWriter::reword(qint64 ordinal, const FalsePositive& falsePositive)
{
    PRISM_TRY(m_connection.execute(
        "UPDATE false_positives SET timestamp = ?, marked_by = ?, reason = ? WHERE ordinal = ?",
        {toMillis(falsePositive.at), falsePositive.by, falsePositive.reason, ordinal}));
    return {};
}

Result<std::optional<qint64>> FalsePositiveWriter::ordinalOf(const QString& id)
{
    PRISM_TRY_ASSIGN(Rows rows,
                     m_connection.select("SELECT ordinal FROM false_positives WHERE id = ?", {id}));
    return rows.next() ? std::optional(rows.integer(0)) : std::nullopt;
}

Result<void> FalsePositiveWriter::remove(qint64 ordinal)
{
    PRISM_TRY(m_connection.execute("DELETE FROM false_positive_sightings WHERE mark = ?", {ordinal}));
    PRISM_TRY(m_connection.execute("DELETE FROM false_positives WHERE ordinal = ?", {ordinal}));
    return {};
}

Result<void> FalsePositiveWriter::addSightings(qint64 ordinal, qint64 times, protocol::Timestamp last)
{
    PRISM_TRY(m_connection.execute(
        "INSERT INTO false_positive_sightings (mark, seen, last_seen) SELECT ?, ?, ? FROM "
        "false_positives WHERE ordinal = ? ON CONFLICT (mark) "
        "DO UPDATE SET seen = false_positive_sightings.seen + excluded.seen, last_seen = CASE WHEN "
        "excluded.last_seen > false_positive_sightings.last_seen THEN excluded.last_seen "
        "ELSE false_positive_sightings.last_seen END",
        {ordinal, times, toMillis(last), ordinal}));
    return {};
}

} // namespace prism::store
