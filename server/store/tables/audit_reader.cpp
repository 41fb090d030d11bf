#include "server/store/tables/audit_reader.h"

#include "server/store/tables/audit_entry.h"
#include "shared/protocol/json_writer.h"
#include "shared/protocol/try.h"

namespace prism::store {

namespace {

constexpr auto columns = "ordinal, timestamp, token_id, token_name, address, action, subject, before, after, "
                         "request_id, count, last_at";

AuditEntry entryAt(const Rows& rows)
{
    return {protocol::fromMillis(rows.integer(1)),
            rows.text(2),
            rows.text(3),
            rows.text(4),
            rows.text(5),
            rows.text(6),
            rows.bytes(7),
            rows.bytes(8),
            rows.text(9),
            rows.integer(10),
            protocol::fromMillis(rows.integer(11))};
}

QByteArray encode(qint64 ordinal, const AuditEntry& entry)
{
    QByteArray text;
    protocol::JsonWriter json(text);
    const auto given = [&json](const char* name, const QString& value) {
        if (!value.isEmpty())
            json.field(QLatin1String(name), value);
    };
    json.beginObject();
    json.field(QLatin1String("id"), ordinal);
    json.field(QLatin1String("at"), entry.at);
    given("tokenId", entry.tokenId);
    given("tokenName", entry.tokenName);
    given("address", entry.address);
    json.field(QLatin1String("action"), entry.action);
    json.field(QLatin1String("subject"), entry.subject);
    for (const auto& [name, state] : {std::pair("before", entry.before), std::pair("after", entry.after)}) {
        if (state.isEmpty())
            continue;
        json.key(QLatin1String(name));
        json.raw(state);
    }
    given("requestId", entry.requestId);
    if (entry.count > 1) {
        json.field(QLatin1String("count"), entry.count);
        json.field(QLatin1String("lastAt"), entry.lastAt);
    }
    json.endObject();
    return text;
}

} // namespace

Result<AuditPage> AuditReader::list(const AuditQuery& query)
{
    Filter filter;
    if (!query.tokenId.isEmpty())
        filter.add("token_id = ?", {query.tokenId});
    if (!query.action.isEmpty())
        filter.add("(action = ? OR substr(action, 1, ?) = ?)",
                   {query.action, qint64(query.action.size()) + 1, query.action + QLatin1Char('.')});
    if (!query.subject.isEmpty())
        filter.add("subject = ?", {query.subject});
    const Selection selection =
        selectPage(columns, "audit", filter, {query.from, query.to, query.after, query.limit + 1});
    PRISM_TRY_ASSIGN(Rows rows, m_connection.select(selection.sql, selection.values));
    AuditPage page;
    PageRoom room(query.bytes);
    TimeCursor last;
    while (rows.next()) {
        const QByteArray json = encode(rows.integer(0), entryAt(rows));
        if (page.entries.size() == query.limit || !room.take(json.size())) {
            page.next = last;
            return page;
        }
        page.entries.append(json);
        last = {rows.integer(1), rows.integer(0)};
    }
    if (const auto error = rows.error())
        return Failure(*error);
    return page;
}

} // namespace prism::store
