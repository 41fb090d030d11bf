#include "server/store/tables/false_positive_reader.h"

#include "shared/protocol/try.h"

namespace prism::store {

using protocol::FalsePositive;

namespace {

QByteArray columns()
{
    return "ordinal, id, timestamp, project, principle_id, principle_name, fingerprint, file, message, "
           "check_id, marked_by, reason, seen, last_seen";
}

QByteArray table()
{
    return "false_positives LEFT JOIN false_positive_sightings ON mark = ordinal";
}

FalsePositive read(const Rows& rows)
{
    FalsePositive read;
    read.id = rows.text(1);
    read.at = protocol::fromMillis(rows.integer(2));
    read.project = rows.text(3);
    read.principleId = rows.text(4);
    read.principleName = rows.text(5);
    read.fingerprint = rows.text(6);
    read.file = rows.text(7);
    read.message = rows.text(8);
    read.checkId = rows.text(9);
    read.by = rows.text(10);
    read.reason = rows.text(11);
    read.seen = rows.integer(12);
    if (!rows.isNull(13))
        read.lastSeen = protocol::fromMillis(rows.integer(13));
    return read;
}

} // namespace

Result<FalsePositivePage> FalsePositiveReader::list(const FalsePositiveQuery& query)
{
    Filter filter;
    filter.addProjects(query.projects);
    const Selection selection =
        selectPage(columns(), table(), filter, {query.from, query.to, query.after, query.limit + 1});
    PRISM_TRY_ASSIGN(Rows rows, m_connection.select(selection.sql, selection.values));
    FalsePositivePage page;
    PageRoom room(query.bytes);
    TimeCursor last;
    while (rows.next()) {
        const QByteArray json = encode(read(rows));
        if (page.entries.size() == query.limit || !room.take(json.size())) {
            page.next = last;
            return page;
        }
        page.entries.append(json);
        last = {rows.integer(2), rows.integer(0)};
    }
    if (const auto error = rows.error())
        return Failure(*error);
    return page;
}

Result<FalsePositive> FalsePositiveReader::find(const QString& id, const protocol::Reach& reach)
{
    PRISM_TRY_ASSIGN(Rows rows,
                     m_connection.select("SELECT " + columns() + " FROM " + table() + " WHERE id = ?", {id}));
    if (rows.next()) {
        FalsePositive found = read(rows);
        if (reach.has(found.project))
            return found;
    }
    return Failure(
        Error{ErrorCode::NotFound, QStringLiteral("There is no false positive with this id."), {}});
}

Result<void> FalsePositiveReader::all(const std::function<void(const Known&)>& each)
{
    PRISM_TRY_ASSIGN(Rows rows, m_connection.select(
                                    "SELECT ordinal, project, principle_id, finding FROM false_positives"));
    while (rows.next())
        each({rows.integer(0), rows.text(1), rows.text(2), rows.bytes(3)});
    if (const auto error = rows.error())
        return Failure(*error);
    return {};
}

} // namespace prism::store
