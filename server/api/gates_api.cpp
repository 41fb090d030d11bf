#include "server/api/gates_api.h"

#include "server/api/cctray.h"
#include "server/api/guard.h"
#include "server/api/query_reader.h"
#include "server/service/gates.h"
#include "server/store/tables/gate_reader.h"
#include "shared/protocol/json_writer.h"
#include "shared/protocol/try.h"

#include <QJsonDocument>

namespace prism::api {

using http::Reply;
using http::Request;
using http::Response;
using protocol::ErrorCode;
using protocol::GateName;
using protocol::Result;
using protocol::Role;

namespace {

/// Where a list goes on: names may hold any character.
QString cursorOf(const GateName& name)
{
    return QString::fromLatin1(protocol::writtenJson(QJsonArray{name.project, name.gate})
                                   .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

std::optional<GateName> nameAt(const QString& cursor)
{
    const QByteArray json = QByteArray::fromBase64(cursor.toLatin1(), QByteArray::Base64UrlEncoding);
    const QJsonArray names = QJsonDocument::fromJson(json).array();
    if (names.size() != 2 || !names[0].isString() || !names[1].isString())
        return std::nullopt;
    return GateName{names[0].toString(), names[1].toString()};
}

Success forgotten(const service::Encoded& name)
{
    return {name.json, 200, {}, QStringLiteral("The gate was deleted.")};
}

} // namespace

GatesApi::GatesApi(const Reads& reads, const Writes& writes, qsizetype mostProjects, Routes& routes)
    : m_reads(reads)
    , m_writes(writes)
    , m_mostProjects(mostProjects)
{
    routes.add("GET", "/api/v1/gates", http::orLimited(Role::Viewer), *this, &GatesApi::list,
               {"project", "status", "limit", "cursor"});
    routes.add("DELETE", "/api/v1/gates", http::orLimited(Role::Editor), *this, &GatesApi::forget,
               {"project", "gate"});
    routes.add("GET", "/cctray.xml", http::orLimited(Role::Viewer), *this, &GatesApi::cctray, {"project"});
}

Result<void> GatesApi::list(const Request& request, const Reply& reply) const
{
    QueryReader query(request);
    store::GateQuery wanted;
    wanted.projects = query.projects(m_mostProjects, QueryReader::Empty::IsAName);
    wanted.limit = int(query.integer(QStringLiteral("limit"), 20, 1, 100));
    if (const auto status = query.text(QStringLiteral("status"))) {
        wanted.status = protocol::checkStatusFromString(*status);
        if (!wanted.status)
            query.refuse(ErrorCode::Validation, QStringLiteral("status"),
                         QStringLiteral("must be one of PASS, WARNING, BLOCKED"));
    }
    if (const auto cursor = query.text(QStringLiteral("cursor"))) {
        wanted.after = nameAt(*cursor);
        if (!wanted.after)
            query.refuse(ErrorCode::BadFormat, QStringLiteral("cursor"),
                         QStringLiteral("must be the nextCursor of an earlier answer"));
    }
    PRISM_TRY(query.check());
    return m_reads.submit(
        request, reply, Effort::Bounded,
        [wanted, id = request.id](const Reading& reader) -> Result<Response> {
            store::GateReader gates(reader.numbers.database);
            PRISM_TRY_ASSIGN(const store::GatePage& page, gates.list(wanted, protocol::now()));
            const QString next = page.next ? cursorOf(*page.next) : QString();
            const QByteArray list = encodedList(page.gates);
            return tagged(encodedSuccess(id, list, 200, protocol::Pagination::ofCursor(wanted.limit, next)),
                          contentTag(list + next.toLatin1()));
        });
}

Result<void> GatesApi::forget(const Request& request, const Reply& reply) const
{
    QueryReader query(request);
    const GateName name{query.text(QStringLiteral("project")).value_or(QString()),
                        query.text(QStringLiteral("gate")).value_or(QString())};
    if (name.gate.isEmpty())
        query.refuse(ErrorCode::FieldMissing, QStringLiteral("gate"), QStringLiteral("is missing"));
    PRISM_TRY(query.check());
    return m_writes.submit(request, reply, weightOf(request), &service::Gates::forget,
                           service::GateRemoval{name}, forgotten);
}

Result<void> GatesApi::cctray(const Request& request, const Reply& reply) const
{
    QueryReader query(request);
    const QStringList projects = query.projects(m_mostProjects, QueryReader::Empty::IsAName);
    PRISM_TRY(query.check());
    return m_reads.submit(
        request, reply, Effort::Bounded, [projects](const Reading& reader) -> Result<Response> {
            Response response;
            response.contentType = QByteArrayLiteral("application/xml");
            PRISM_TRY_ASSIGN(response.body, cctrayOf(store::GateReader(reader.numbers.database), projects));
            return tagged(response, contentTag(response.body));
        });
}

} // namespace prism::api
