#include "server/store/tables/check_reader.h"

#include "server/store/tables/check_columns.h"
#include "server/store/tables/check_filter.h"
#include "shared/protocol/try.h"

#include <algorithm>
#include <limits>

namespace prism::store {

using protocol::Check;
using protocol::Reach;
using protocol::Violation;

namespace {

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
    check.gate = rows.text(9);
    check.branch = rows.text(10);
    check.commit = rows.text(11);
    check.url = rows.text(12);
    check.origin = protocol::checkOriginFromString(rows.text(13));
    check.counts = {rows.integer(14), rows.integer(15), rows.integer(16), rows.integer(17)};
    return check;
}

/// What there is of the page's time: an index is entered with one upper bound for each column, so first comes
/// the rest of the cursor's own millisecond, and then what is older. Nobody reads them to their end.
std::vector<Selection> partsOf(const TimePage& page)
{
    using protocol::toMillis;
    const qint64 from = page.from ? toMillis(*page.from) : std::numeric_limits<qint64>::min();
    qint64 to = page.to ? toMillis(*page.to) : std::numeric_limits<qint64>::max();
    const QByteArray begin = "SELECT " + checkColumns() + " FROM checks WHERE whole = 1 AND ";
    std::vector<Selection> parts;
    if (page.after && page.after->timestamp >= from && page.after->timestamp < to)
        parts.push_back({begin + "timestamp = ? AND ordinal < ? ORDER BY ordinal DESC",
                         {page.after->timestamp, page.after->ordinal}});
    if (page.after)
        to = std::min(to, page.after->timestamp);
    parts.push_back(
        {begin + "timestamp >= ? AND timestamp < ? ORDER BY timestamp DESC, ordinal DESC", {from, to}});
    return parts;
}

} // namespace

std::optional<double> durationIn(const Rows& rows, int column)
{
    const double duration = rows.real(column);
    return duration >= 0 ? std::optional(duration) : std::nullopt;
}

Result<bool> CheckReader::has(const QString& id)
{
    PRISM_TRY_ASSIGN(Rows rows, m_connection.select("SELECT 1 FROM checks WHERE id = ? AND whole = 1", {id}));
    return rows.next();
}

Result<FoundCheck> CheckReader::find(const QString& id, const Reach& reach, qint64 bytes)
{
    PRISM_TRY_ASSIGN(Row row, findRow(id, reach));
    FoundCheck found{std::move(row.check), {}};
    QList<Violation>& first = found.check.violations;
    PRISM_TRY_ASSIGN(first, violationsOf(row.ordinal, 0, protocol::mostViolations, PageRoom(bytes)));
    const qint64 kept = std::min<qint64>(countsOf(found.check).all(), protocol::mostViolations);
    if (first.size() < kept)
        found.next = first.size();
    return found;
}

Result<Check> CheckReader::excerpt(const QString& id)
{
    PRISM_TRY_ASSIGN(Row row, findRow(id));
    PRISM_TRY_ASSIGN(row.check.violations, violationsOf(row.ordinal, 0, protocol::mostListedViolations));
    return row.check;
}

Result<Check> CheckReader::withViolation(const QString& id, qint64 position, const Reach& reach)
{
    PRISM_TRY_ASSIGN(const Row row, findRow(id, position, reach));
    return row.check;
}

Result<CheckReader::Row> CheckReader::findRow(const QString& id, qint64 position, const Reach& reach)
{
    PRISM_TRY_ASSIGN(Row row, findRow(id, reach));
    const qint64 kept = std::min<qint64>(countsOf(row.check).all(), protocol::mostViolations);
    if (position < 0 || position >= kept)
        return Failure(Error{ErrorCode::NotFound,
                             QStringLiteral("The check has %1 violations, counted from 0.").arg(kept)});
    PRISM_TRY_ASSIGN(row.check.violations, violationsOf(row.ordinal, position, 1));
    return row;
}

Result<CheckReader::Row> CheckReader::findRow(const QString& id, const Reach& reach)
{
    PRISM_TRY_ASSIGN(Rows rows, m_connection.select("SELECT " + checkColumns() +
                                                        " FROM checks WHERE id IN (?, ?) AND whole = 1",
                                                    {id, protocol::decomposed(id)}));
    if (rows.next()) {
        Row row{rows.integer(0), rows.integer(8) != 0, readCheck(rows)};
        if (reach.has(row.check.project))
            return row;
    }
    return Failure(Error{ErrorCode::NotFound, QStringLiteral("There is no check with this id.")});
}

Result<CheckPage> CheckReader::list(const CheckQuery& query)
{
    CheckFilter filter(m_connection, query);
    CheckPage page;
    PageRoom room(query.bytes);
    qint64 looked = 0;
    std::optional<TimeCursor> last = query.after;
    /// Whether to go on behind the current row.
    const auto take = [&](const Rows& rows) -> Result<bool> {
        const TimeCursor place{rows.integer(check_column::Timestamp), rows.integer(check_column::Ordinal)};
        page.next = last;
        if (looked >= query.rows) {
            if (last && page.checks.size() < query.limit)
                page.lookedTo = protocol::fromMillis(last->timestamp);
            return false;
        }
        ++looked;
        PRISM_TRY_ASSIGN(const bool isWanted, filter.has(rows, looked));
        if (isWanted && page.checks.size() == query.limit)
            return false;
        if (isWanted) {
            Check check = readCheck(rows);
            PRISM_TRY_ASSIGN(check.violations,
                             violationsOf(place.ordinal, 0, protocol::mostListedViolations));
            const QByteArray json = encodeExcerpt(check);
            if (!room.take(json.size()))
                return false;
            page.checks.append(json);
        }
        last = place;
        return true;
    };
    for (const Selection& part : partsOf(query)) {
        PRISM_TRY_ASSIGN(Rows rows, m_connection.select(part.sql, part.values));
        while (rows.next()) {
            PRISM_TRY_ASSIGN(const bool more, take(rows));
            if (!more)
                return page;
        }
        if (const auto error = rows.error())
            return Failure(*error);
    }
    page.next.reset();
    return page;
}

Result<ViolationPage> CheckReader::violations(const ViolationQuery& query)
{
    PRISM_TRY_ASSIGN(const Row row, findRow(query.checkId, query.reach));
    PRISM_TRY_ASSIGN(const QList<Violation> found, violationsOf(row.ordinal, query.from, query.limit + 1));
    ViolationPage page;
    PageRoom room(query.bytes);
    for (const Violation& violation : found) {
        const QByteArray json = encode(violation);
        if (page.violations.size() == query.limit || !room.take(json.size())) {
            page.next = query.from + page.violations.size();
            break;
        }
        page.violations.append(json);
    }
    return page;
}

Result<QList<Violation>> CheckReader::violationsOf(qint64 ordinal, qint64 from, qint64 limit,
                                                   std::optional<PageRoom> room)
{
    PRISM_TRY_ASSIGN(
        Rows rows,
        m_connection.select(
            "SELECT principle_id, principle_name, severity, message, false_positive, pattern, file, line, "
            "column_number, url, fingerprint FROM violations "
            "WHERE check_ordinal = ? AND position >= ? ORDER BY position LIMIT ?",
            {ordinal, from, limit}));
    QList<Violation> violations;
    while (rows.next()) {
        violations.append({rows.text(0), rows.text(1),
                           protocol::severityFromString(rows.text(2)).value_or(protocol::Severity::Warning),
                           rows.text(3), rows.integer(4) != 0, rows.text(5), rows.text(6),
                           int(rows.integer(7)), int(rows.integer(8)), rows.text(9), rows.text(10)});
        if (room && !room->take(encode(violations.last()).size())) {
            violations.removeLast();
            return violations;
        }
    }
    if (const auto error = rows.error())
        return Failure(*error);
    return violations;
}

} // namespace prism::store
