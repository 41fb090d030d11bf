#include "server/store/tables/check_table.h"

namespace prism::store {

using protocol::Check;
using protocol::toMillis;
using protocol::Violation;

namespace {

QByteArray checkColumns()
{
    return "ordinal, id, timestamp, status, duration, user, session, project, imported";
}

Check readCheck(const Rows& rows)
{
    Check check;
    check.id = rows.text(1);
    check.timestamp = protocol::fromMillis(rows.integer(2));
    check.status = protocol::checkStatusFromString(rows.text(3)).value_or(protocol::CheckStatus::Pass);
    check.duration = rows.real(4);
    check.user = rows.text(5);
    check.session = rows.text(6);
    check.project = rows.text(7);
    return check;
}

} // namespace

Result<bool> CheckTable::insert(const Check& check, bool imported)
{
    const Result<int> stored =
        m_database.execute("INSERT INTO checks (id, timestamp, status, duration, user, session, project, "
                           "imported) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
                           {check.id, toMillis(check.timestamp), toString(check.status), check.duration,
                            check.user, check.session, check.project, imported ? 1 : 0});
    if (!stored)
        return Failure(stored.error());
    if (*stored == 0)
        return false;
    const qint64 ordinal = m_database.lastOrdinal();
    for (qsizetype position = 0; position < check.violations.size(); ++position) {
        const Violation& violation = check.violations[position];
        const Result<int> inserted = m_database.execute(

            "INSERT INTO violations (check_ordinal, position, timestamp, principle_id, principle_name, "
            "severity, message, false_positive) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            {ordinal, position, toMillis(check.timestamp), violation.principleId, violation.principleName,
             toString(violation.severity), violation.message, violation.falsePositive ? 1 : 0});
        if (!inserted)
            return Failure(inserted.error());
    }
    return true;
}

Result<Check> CheckTable::find(const QString& id)
{
    Result<Row> row = findRow(id);
    if (!row)
        return Failure(row.error());
    return row->check;
}

Result<CheckTable::Row> CheckTable::findRow(const QString& id)
{
    Row row;
    {
        Result<Rows> rows = m_database.select("SELECT " + checkColumns() + " FROM checks WHERE id = ?", {id});
        if (!rows)
            return Failure(rows.error());
        if (!rows->next())
            return Failure(Error{ErrorCode::NotFound, QStringLiteral("There is no check with this id.")});
        row.ordinal = rows->integer(0);
        row.check = readCheck(*rows);
        row.imported = rows->integer(8) != 0;
    }
    const Result<QList<Violation>> violations = violationsOf(row.ordinal);
    if (!violations)
        return Failure(violations.error());
    row.check.violations = *violations;
    return row;
}

Result<MarkedCheck> CheckTable::mark(const QString& id, qint64 position, bool falsePositive)
{
    const Result<Row> row = findRow(id);
    if (!row)
        return Failure(row.error());
    if (position < 0 || position >= row->check.violations.size())
        return Failure(
            Error{ErrorCode::NotFound, QStringLiteral("The check has %1 violations, counted from 0.")
                                           .arg(row->check.violations.size())});
    MarkedCheck marked{row->check, row->check, row->imported};
    bool& mark = marked.after.violations[position].falsePositive;
    if (mark == falsePositive)
        return marked;
    mark = falsePositive;
    const Result<int> written = m_database.execute(
        "UPDATE violations SET false_positive = ? WHERE check_ordinal = ? AND position = ?",
        {falsePositive ? 1 : 0, row->ordinal, position});
    if (!written)
        return Failure(written.error());
    return marked;
}

Result<int> CheckTable::trim(protocol::Timestamp olderThan, int most)
{
    return m_database.execute("DELETE FROM checks WHERE ordinal IN (SELECT ordinal FROM checks WHERE "
                              "timestamp < ? ORDER BY timestamp LIMIT ?)",
                              {toMillis(olderThan), most});
}

Result<CheckPage> CheckTable::list(const CheckQuery& query)
{
    Filter filter;
    if (query.status)
        filter.add("status = ?", {toString(*query.status)});
    filter.addText("project = ?", query.project);
    filter.addText("user = ?", query.user);
    filter.addText("EXISTS (SELECT 1 FROM violations WHERE check_ordinal = ordinal AND principle_id = ?)",
                   query.principle);
    const Selection selection =
        selectPage(checkColumns(), "checks", filter, {query.from, query.to, query.after, query.limit + 1});

    CheckPage page;
    QList<qint64> ordinals;
    {
        Result<Rows> rows = m_database.select(selection.sql, selection.values);
        if (!rows)
            return Failure(rows.error());
        while (rows->next()) {
            if (page.checks.size() == query.limit) {
                page.next = TimeCursor{toMillis(page.checks.last().timestamp), ordinals.last()};
                break;
            }
            ordinals.append(rows->integer(0));
            page.checks.append(readCheck(*rows));
        }
        if (const auto error = rows->error())
            return Failure(*error);
    }
    for (qsizetype i = 0; i < page.checks.size(); ++i) {
        const Result<QList<Violation>> violations = violationsOf(ordinals[i]);
        if (!violations)
            return Failure(violations.error());
        page.checks[i].violations = *violations;
    }
    return page;
}

Result<QList<Violation>> CheckTable::violationsOf(qint64 ordinal)
{
    Result<Rows> rows = m_database.select(

        "SELECT principle_id, principle_name, severity, message, false_positive FROM violations "
        "WHERE check_ordinal = ? ORDER BY position",
        {ordinal});
    if (!rows)
        return Failure(rows.error());
    QList<Violation> violations;
    while (rows->next())
        violations.append({rows->text(0), rows->text(1),
                           protocol::severityFromString(rows->text(2)).value_or(protocol::Severity::Warning),
                           rows->text(3), rows->integer(4) != 0});
    if (const auto error = rows->error())
        return Failure(*error);
    return violations;
}

} // namespace prism::store
