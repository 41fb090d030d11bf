#include "server/store/tables/retro_table.h"

#include "server/store/uuid.h"
#include "shared/protocol/json_writer.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace prism::store {

using protocol::Retro;
using protocol::toMillis;

namespace {

QByteArray retroColumns()
{
    return "ordinal, id, timestamp, type, project, duration, summary, lessons, improvements, user";
}

Value encodeList(const QStringList& list)
{
    QByteArray text;
    protocol::JsonWriter(text).value(list);
    return Value::utf8(text);
}

QStringList decodeList(const QByteArray& text)
{
    QStringList list;
    const QJsonArray array = QJsonDocument::fromJson(text).array();
    for (const auto& entry : array)
        list.append(entry.toString());
    return list;
}

Retro readRetro(const Rows& rows)
{
    Retro retro;
    retro.id = rows.text(1);
    retro.timestamp = protocol::fromMillis(rows.integer(2));
    retro.type = protocol::retroTypeFromString(rows.text(3)).value_or(protocol::RetroType::Quick);
    retro.project = rows.text(4);
    retro.duration = rows.real(5);
    retro.summary = rows.text(6);
    retro.lessons = decodeList(rows.bytes(7));
    retro.improvements = decodeList(rows.bytes(8));
    retro.user = rows.text(9);
    return retro;
}

} // namespace

Result<bool> RetroTable::insert(const Retro& retro, bool imported)
{
    const Result<int> inserted = m_database.execute(

        "INSERT INTO retros (id, timestamp, type, project, duration, summary, lessons, improvements, "
        "user, imported) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
        {retro.id, toMillis(retro.timestamp), toString(retro.type), retro.project, retro.duration,
         retro.summary, encodeList(retro.lessons), encodeList(retro.improvements), retro.user,
         imported ? 1 : 0});
    if (!inserted)
        return Failure(inserted.error());
    return *inserted > 0;
}

Result<Retro> RetroTable::find(const QString& id)
{
    Result<Rows> rows = m_database.select("SELECT " + retroColumns() + " FROM retros WHERE id = ?", {id});
    if (!rows)
        return Failure(rows.error());
    if (!rows->next())
        return Failure(
            Error{ErrorCode::NotFound, QStringLiteral("There is no retrospective with this id."), {}});
    return readRetro(*rows);
}

Result<RetroPage> RetroTable::list(const RetroQuery& query)
{
    Filter filter;
    if (query.type)
        filter.add("type = ?", {toString(*query.type)});
    filter.addText("project = ?", query.project);
    filter.addText("user = ?", query.user);
    const Selection selection =
        selectPage(retroColumns(), "retros", filter, {query.from, query.to, query.after, query.limit + 1});

    Result<Rows> rows = m_database.select(selection.sql, selection.values);
    if (!rows)
        return Failure(rows.error());
    RetroPage page;
    qint64 lastOrdinal = 0;
    while (rows->next()) {
        if (page.retros.size() == query.limit) {
            page.next = TimeCursor{toMillis(page.retros.last().timestamp), lastOrdinal};
            break;
        }
        lastOrdinal = rows->integer(0);
        page.retros.append(readRetro(*rows));
    }
    if (const auto error = rows->error())
        return Failure(*error);
    return page;
}

} // namespace prism::store
