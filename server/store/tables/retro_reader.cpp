#include "server/store/tables/retro_reader.h"

#include "shared/protocol/try.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace prism::store {

using protocol::Retro;

namespace {

QByteArray retroColumns()
{
    return "ordinal, id, timestamp, type, project, duration, summary, lessons, improvements, \"user\"";
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

Result<Retro> RetroReader::find(const QString& id)
{
    PRISM_TRY_ASSIGN(Rows rows,
                     m_connection.select("SELECT " + retroColumns() + " FROM retros WHERE id IN (?, ?)",
                                         {id, protocol::decomposed(id)}));
    if (!rows.next())
        return Failure(
            Error{ErrorCode::NotFound, QStringLiteral("There is no retrospective with this id."), {}});
    return readRetro(rows);
}

Result<RetroPage> RetroReader::list(const RetroQuery& query)
{
    Filter filter;
    if (query.type)
        filter.add("type = ?", {toString(*query.type)});
    filter.addProjects(query.projects);
    filter.addText("\"user\" IN (?, ?)", query.user);
    const Selection selection =
        selectPage(retroColumns(), "retros", filter, {query.from, query.to, query.after, query.limit + 1});

    PRISM_TRY_ASSIGN(Rows rows, m_connection.select(selection.sql, selection.values));
    RetroPage page;
    PageRoom room(query.bytes);
    TimeCursor last;
    while (rows.next()) {
        const QByteArray json = encode(readRetro(rows));
        if (page.retros.size() == query.limit || !room.take(json.size())) {
            page.next = last;
            return page;
        }
        page.retros.append(json);
        last = {rows.integer(2), rows.integer(0)};
    }
    if (const auto error = rows.error())
        return Failure(*error);
    return page;
}

} // namespace prism::store
