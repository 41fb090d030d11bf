#include "server/store/tables/check_writer.h"

#include "shared/protocol/try.h"

namespace prism::store {

using protocol::Check;
using protocol::toMillis;
using protocol::Violation;

Result<bool> CheckWriter::insert(const Check& check, bool imported)
{
    PRISM_TRY_ASSIGN(const std::optional<qint64> ordinal,
                     m_connection.insert(
                         "INSERT INTO checks (id, timestamp, status, duration, \"user\", session, project, "
                         "imported) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
                         {check.id, toMillis(check.timestamp), toString(check.status),
                          check.duration.value_or(unknownDuration), check.user, check.session, check.project,
                          imported ? 1 : 0}));
    if (!ordinal)
        return false;
    for (qsizetype position = 0; position < check.violations.size(); ++position) {
        const Violation& violation = check.violations[position];
        PRISM_TRY(m_connection.execute(
            "INSERT INTO violations (check_ordinal, position, timestamp, principle_id, principle_name, "
            "severity, message, false_positive, pattern) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            {*ordinal, position, toMillis(check.timestamp), violation.principleId, violation.principleName,
             toString(violation.severity), violation.message, violation.falsePositive ? 1 : 0,
             violation.pattern}));
    }
    return true;
}

Result<MarkedCheck> CheckWriter::mark(const QString& id, qint64 position, bool falsePositive)
{
    PRISM_TRY_ASSIGN(const Row row, findRow(id));
    if (position < 0 || position >= row.check.violations.size())
        return Failure(Error{
            ErrorCode::NotFound,
            QStringLiteral("The check has %1 violations, counted from 0.").arg(row.check.violations.size())});
    MarkedCheck marked{row.check, row.check, row.imported};
    bool& mark = marked.after.violations[position].falsePositive;
    if (mark == falsePositive)
        return marked;
    mark = falsePositive;
    PRISM_TRY(m_connection.execute(
        "UPDATE violations SET false_positive = ? WHERE check_ordinal = ? AND position = ?",
        {falsePositive ? 1 : 0, row.ordinal, position}));
    return marked;
}

Result<int> CheckWriter::trim(protocol::Timestamp olderThan, int most)
{
    return m_connection.execute("DELETE FROM checks WHERE ordinal IN (SELECT ordinal FROM checks WHERE "
                                "timestamp < ? ORDER BY timestamp LIMIT ?)",
                                {toMillis(olderThan), most});
}

} // namespace prism::store
