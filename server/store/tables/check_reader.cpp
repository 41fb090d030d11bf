#include "server/store/tables/check_reader.h"

#include "shared/protocol/try.h"

namespace prism::store {

using protocol::Check;
using protocol::Violation;

namespace {

QByteArray checkColumns()
{
    return "ordinal, id, timestamp, status, duration, \"user\", session, project, imported";
}

Check readCheck(const Rows& rows)
{
    Check check;
    check.id = rows.text(1);
    check.timestamp = protocol::fromMillis(rows.integer(2));
    check.status = protocol::checkStatusFromString(rows.text(3)).value_or(protocol::CheckStatus::Pass);
    check.duration = durationIn(rows, 4);
    check.user = rows.text(5);
    check.session = rows.text(6);
    check.project = rows.text(7);
    return check;
}

} // namespace

std::optional<double> durationIn(const Rows& rows, int column)
{
    const double duration = rows.real(column);
    return duration >= 0 ? std::optional(duration) : std::nullopt;
}

Result<Check> CheckReader::find(const QString& id)
{
    PRISM_TRY_ASSIGN(Row row, findRow(id));
    return row.check;
}

Result<CheckReader::Row> CheckReader::findRow(const QString& id)
{
    Row row;
    {
        PRISM_TRY_ASSIGN(Rows rows,
                         m_connection.select("SELECT " + checkColumns() + " FROM checks WHERE id IN (?, ?)",
                                             {id, protocol::decomposed(id)}));
        if (!rows.next())
            return Failure(Error{ErrorCode::NotFound, QStringLiteral("There is no check with this id.")});
        row.ordinal = rows.integer(0);
        row.check = readCheck(rows);
        row.imported = rows.integer(8) != 0;
    }
    PRISM_TRY_ASSIGN(const QList<Violation> violations, violationsOf(row.ordinal));
    row.check.violations = violations;
    return row;
}

Result<CheckPage> CheckReader::list(const CheckQuery& query)
{
    Filter filter;
    if (query.status)
        filter.add("status = ?", {toString(*query.status)});
    filter.addText("project IN (?, ?)", query.project);
    filter.addText("\"user\" IN (?, ?)", query.user);
    filter.addText(
        "EXISTS (SELECT 1 FROM violations WHERE check_ordinal = ordinal AND principle_id IN (?, ?))",
        query.principle);
    const Selection selection =
        selectPage(checkColumns(), "checks", filter, {query.from, query.to, query.after, query.limit + 1});

    CheckPage page;
    PageRoom room(query.bytes);
    TimeCursor last;
    PRISM_TRY_ASSIGN(Rows rows, m_connection.select(selection.sql, selection.values));
    while (rows.next()) {
        const TimeCursor place{rows.integer(2), rows.integer(0)};
        Check check = readCheck(rows);
        PRISM_TRY_ASSIGN(check.violations, violationsOf(place.ordinal));
        const QByteArray json = encode(check);
        if (page.checks.size() == query.limit || !room.take(json.size())) {
            page.next = last;
            return page;
        }
        page.checks.append(json);
        last = place;
    }
    if (const auto error = rows.error())
        return Failure(*error);
    return page;
}

Result<QList<Violation>> CheckReader::violationsOf(qint64 ordinal)
{
    PRISM_TRY_ASSIGN(
        Rows rows,
        m_connection.select(
            "SELECT principle_id, principle_name, severity, message, false_positive, pattern FROM violations "
            "WHERE check_ordinal = ? ORDER BY position",
            {ordinal}));
    QList<Violation> violations;
    while (rows.next())
        violations.append({rows.text(0), rows.text(1),
                           protocol::severityFromString(rows.text(2)).value_or(protocol::Severity::Warning),
                           rows.text(3), rows.integer(4) != 0, rows.text(5)});
    if (const auto error = rows.error())
        return Failure(*error);
    return violations;
}

} // namespace prism::store
