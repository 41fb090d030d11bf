#include "server/store/tables/check_writer.h"

#include "server/store/uuid.h"
#include "shared/protocol/try.h"

#include <vector>

namespace prism::store {

using protocol::Check;
using protocol::toMillis;
using protocol::Violation;

namespace {

/// So many violations of a check are removed a part at a time.
constexpr qint64 many = 500;

} // namespace

Result<std::optional<qint64>> CheckWriter::insert(const Check& check, bool imported)
{
    PRISM_TRY_ASSIGN(const std::optional<qint64> ordinal, insertRow(check, check.id, imported, true));
    if (!ordinal)
        return std::nullopt;
    PRISM_TRY(addPart(*ordinal, check.violations, 0));
    return ordinal;
}

/// Until it is whole it has an id that nobody knows: its own may be given to another one meanwhile.
Result<qint64> CheckWriter::begin(const Check& check)
{
    PRISM_TRY_ASSIGN(const std::optional<qint64> ordinal, insertRow(check, makeUuidV7(), false, false));
    if (!ordinal)
        return Failure(Error{ErrorCode::Internal, QStringLiteral("The database could not do this.")});
    return *ordinal;
}

Result<void> CheckWriter::addPart(qint64 ordinal, const QList<Violation>& violations, qsizetype position)
{
    for (const Violation& violation : violations)
        PRISM_TRY(insertViolation(ordinal, position++, violation));
    return {};
}

Result<bool> CheckWriter::finish(qint64 ordinal, const Check& check, bool imported,
                                 const QList<Violation>& written)
{
    PRISM_TRY_ASSIGN(const bool isThere, has(check.id));
    if (isThere)
        return false;
    PRISM_TRY(m_connection.execute("UPDATE checks SET id = ?, imported = ?, whole = 1 WHERE ordinal = ?",
                                   {check.id, imported ? 1 : 0, ordinal}));
    for (qsizetype i = 0; i < written.size(); ++i) {
        const bool falsePositive = check.violations[i].falsePositive;
        if (written[i].falsePositive != falsePositive)
            PRISM_TRY(setMark(ordinal, i, falsePositive));
    }
    PRISM_TRY(updateCounts(ordinal, check));
    return true;
}

Result<void> CheckWriter::setMark(qint64 check, qint64 position, bool falsePositive)
{
    PRISM_TRY(m_connection.execute(
        "UPDATE violations SET false_positive = ? WHERE check_ordinal = ? AND position = ?",
        {falsePositive ? 1 : 0, check, position}));
    return {};
}

Result<void> CheckWriter::updateCounts(qint64 ordinal, const Check& check)
{
    const protocol::ViolationCounts counts = countsOf(check);
    PRISM_TRY(m_connection.execute(
        "UPDATE checks SET status = ?, blocks = ?, warnings = ?, infos = ?, false_positives = ? "
        "WHERE ordinal = ?",
        {toString(check.status), counts.block, counts.warning, counts.info, counts.falsePositive, ordinal}));
    return {};
}

Result<int> CheckWriter::removeParts(const std::set<qint64>& inWriting, int most)
{
    std::vector<qint64> ordinals;
    {
        PRISM_TRY_ASSIGN(Rows rows,
                         m_connection.select("SELECT ordinal FROM checks WHERE whole = 0 ORDER BY ordinal"));
        while (int(ordinals.size()) < most && rows.next()) {
            if (!inWriting.contains(rows.integer(0)))
                ordinals.push_back(rows.integer(0));
        }
        if (const auto error = rows.error())
            return Failure(*error);
    }
    int removed = 0;
    for (const qint64 ordinal : ordinals) {
        if (removed >= most)
            break;
        PRISM_TRY_ASSIGN(const int rows, removePart(ordinal, most - removed));
        removed += rows;
    }
    return removed;
}

/// The check itself goes with the last of its violations.
Result<int> CheckWriter::removePart(qint64 ordinal, int most)
{
    PRISM_TRY_ASSIGN(
        const int removed,
        m_connection.execute("DELETE FROM violations WHERE check_ordinal = ? AND position IN ("
                             "SELECT position FROM violations WHERE check_ordinal = ? ORDER BY position "
                             "LIMIT ?)",
                             {ordinal, ordinal, most}));
    if (removed == most)
        return removed;
    PRISM_TRY(m_connection.execute("DELETE FROM checks WHERE ordinal = ?", {ordinal}));
    return removed + 1;
}

Result<std::optional<qint64>> CheckWriter::insertRow(const Check& check, const QString& id, bool imported,
                                                     bool whole)
{
    const protocol::ViolationCounts counts = countsOf(check);
    return m_connection.insert(
        "INSERT INTO checks (id, timestamp, status, duration, \"user\", session, project, imported, gate, "
        "branch, commit_id, url, origin, blocks, warnings, infos, false_positives, whole) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
        {id, toMillis(check.timestamp), toString(check.status), check.duration.value_or(unknownDuration),
         check.user, check.session, check.project, imported ? 1 : 0, check.gate, check.branch, check.commit,
         check.url, check.origin ? toString(*check.origin) : QLatin1String(""), counts.block, counts.warning,
         counts.info, counts.falsePositive, whole ? 1 : 0});
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
    PRISM_TRY_ASSIGN(const Row row, findRow(id, position));
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
    PRISM_TRY(setMark(row.ordinal, position, falsePositive));
    PRISM_TRY(updateCounts(row.ordinal, marked.after));
    return marked;
}

Result<MarkedCheck> CheckWriter::retell(const Check& check)
{
    PRISM_TRY_ASSIGN(Row row, findRow(check.id));
    PRISM_TRY_ASSIGN(row.check.violations, violationsOf(row.ordinal, 0, protocol::mostViolations));
    MarkedCheck told{row.check, row.check, row.imported};
    told.after.status = check.status;
    told.after.url = check.url;
    told.after.violations = check.violations;
    told.after.counts = countsOf(check);
    PRISM_TRY(m_connection.execute("DELETE FROM violations WHERE check_ordinal = ?", {row.ordinal}));
    PRISM_TRY(addPart(row.ordinal, check.violations, 0));
    PRISM_TRY(m_connection.execute("UPDATE checks SET url = ? WHERE ordinal = ?", {check.url, row.ordinal}));
    PRISM_TRY(updateCounts(row.ordinal, told.after));
    return told;
}

Result<int> CheckWriter::due(protocol::Timestamp olderThan, int most)
{
    constexpr qint64 mostAtOnce = 5'000; // violations
    int checks = 0;
    PRISM_TRY_ASSIGN(Rows rows, m_connection.select("SELECT blocks + warnings + infos + false_positives "
                                                    "FROM checks WHERE timestamp < ? AND whole = 1 "
                                                    "ORDER BY timestamp, ordinal LIMIT ?",
                                                    {toMillis(olderThan), most}));
    for (qint64 violations = 0; violations < mostAtOnce && rows.next(); ++checks)
        violations += rows.integer(0) > many ? 0 : rows.integer(0);
    if (const auto error = rows.error())
        return Failure(*error);
    return checks;
}

Result<int> CheckWriter::removeOldest(protocol::Timestamp olderThan, int checks)
{
    std::vector<qint64> large;
    {
        PRISM_TRY_ASSIGN(
            Rows rows, m_connection.select("SELECT ordinal FROM (SELECT ordinal, blocks + warnings + infos + "
                                           "false_positives AS violations FROM checks WHERE timestamp < ? "
                                           "AND whole = 1 ORDER BY timestamp, ordinal LIMIT ?) AS oldest "
                                           "WHERE violations > ?",
                                           {toMillis(olderThan), checks, many}));
        while (rows.next())
            large.push_back(rows.integer(0));
        if (const auto error = rows.error())
            return Failure(*error);
    }
    for (const qint64 ordinal : large)
        PRISM_TRY(m_connection.execute("UPDATE checks SET id = ?, whole = 0 WHERE ordinal = ?",
                                       {makeUuidV7(), ordinal}));
    PRISM_TRY_ASSIGN(const int removed,
                     m_connection.execute("DELETE FROM checks WHERE ordinal IN (SELECT ordinal FROM checks "
                                          "WHERE timestamp < ? AND whole = 1 ORDER BY timestamp, ordinal "
                                          "LIMIT ?)",
                                          {toMillis(olderThan), checks - int(large.size())}));
    return removed + int(large.size());
}

} // namespace prism::store
