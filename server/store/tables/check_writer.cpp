#include "server/store/tables/check_writer.h"

#include "shared/protocol/try.h"

namespace prism::store {

using protocol::Check;
using protocol::toMillis;
using protocol::Violation;

Result<std::optional<qint64>> CheckWriter::insert(const Check& check, bool imported)
{
    const protocol::ViolationCounts counts = countsOf(check);
    PRISM_TRY_ASSIGN(
        const std::optional<qint64> ordinal,
        m_connection.insert(
            "INSERT INTO checks (id, timestamp, status, duration, \"user\", session, project, imported, "
            "gate, "
            "branch, commit_id, url, origin, blocks, warnings, infos, false_positives) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
            {check.id, toMillis(check.timestamp), toString(check.status),
             check.duration.value_or(unknownDuration), check.user, check.session, check.project,
             imported ? 1 : 0, check.gate, check.branch, check.commit, check.url,
             check.origin ? toString(*check.origin) : QLatin1String(""), counts.block, counts.warning,
             counts.info, counts.falsePositive}));
    if (!ordinal)
        return std::nullopt;
    for (qsizetype position = 0; position < check.violations.size(); ++position) {
        PRISM_TRY(insertViolation(*ordinal, position, check.violations[position]));
    }
    return ordinal;
}

Result<void> CheckWriter::insertViolation(qint64 check, qint64 position, const Violation& violation)
{
    PRISM_TRY(m_connection.execute(
        "INSERT INTO violations (check_ordinal, position, principle_id, principle_name, severity, message, "
        "false_positive, pattern, file, line, column_number, url, fingerprint) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        {check, position, violation.principleId, violation.principleName, toString(violation.severity),
         violation.message, violation.falsePositive ? 1 : 0, violation.pattern, violation.file,
         violation.line, violation.column, violation.url, violation.fingerprint}));
    return {};
}

Result<MarkedCheck> CheckWriter::mark(const QString& id, qint64 position, bool falsePositive)
{
    PRISM_TRY_ASSIGN(Row row, findRow(id));
    const qint64 kept = std::min<qint64>(countsOf(row.check).all(), protocol::mostViolations);
    if (position < 0 || position >= kept)
        return Failure(Error{ErrorCode::NotFound,
                             QStringLiteral("The check has %1 violations, counted from 0.").arg(kept)});
    PRISM_TRY_ASSIGN(row.check.violations, violationsOf(row.ordinal, position, 1));
    MarkedCheck marked{row.check, row.check, row.imported};
    Violation& violation = marked.after.violations.first();
    if (violation.falsePositive == falsePositive)
        return marked;
    protocol::ViolationCounts counts = countsOf(row.check);
    counts.add(violation, -1);
    violation.falsePositive = falsePositive;
    counts.add(violation);
    marked.after.counts = counts;
    if (marked.before.status == statusOf(countsOf(marked.before)))
        marked.after.status = statusOf(counts);
    PRISM_TRY(m_connection.execute(
        "UPDATE violations SET false_positive = ? WHERE check_ordinal = ? AND position = ?",
        {falsePositive ? 1 : 0, row.ordinal, position}));
    PRISM_TRY(m_connection.execute(
        "UPDATE checks SET status = ?, blocks = ?, warnings = ?, infos = ?, false_positives = ? "
        "WHERE ordinal = ?",
        {toString(marked.after.status), counts.block, counts.warning, counts.info, counts.falsePositive, row.ordinal}));
    return marked;
}

Result<int> CheckWriter::due(protocol::Timestamp olderThan, int most)
{
    constexpr qint64 mostAtOnce = 5'000; // violations
    int checks = 0;
    PRISM_TRY_ASSIGN(Rows rows,
                     m_connection.select("SELECT blocks + warnings + infos + false_positives FROM checks "
                                         "WHERE timestamp < ? ORDER BY timestamp, ordinal LIMIT ?",
                                         {toMillis(olderThan), most}));
    for (qint64 violations = 0; violations < mostAtOnce && rows.next(); ++checks)
        violations += rows.integer(0);
    if (const auto error = rows.error())
        return Failure(*error);
    return checks;
}

Result<int> CheckWriter::removeOldest(protocol::Timestamp olderThan, int checks)
{
    if (checks == 0)
        return 0;
    return m_connection.execute("DELETE FROM checks WHERE ordinal IN (SELECT ordinal FROM checks WHERE "
                                "timestamp < ? ORDER BY timestamp, ordinal LIMIT ?)",
                                {toMillis(olderThan), checks});
}

} // namespace prism::store
