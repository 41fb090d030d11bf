#include "server/api/retros_api.h"

#include "server/api/bulk_write.h"
#include "server/api/time_list.h"
#include "server/service/retros.h"
#include "shared/protocol/try.h"

namespace prism::api {

using http::Reply;
using http::Request;
using http::Response;
using http::Route;
using protocol::ErrorCode;
using protocol::Result;
using protocol::Retro;
using protocol::Role;

RetrosApi::RetrosApi(const Reads& reads, const Writes& writes, int maxJsonDepth, const EntryTimes& times,
                     qsizetype mostProjects, Routes& routes)
    : m_reads(reads)
    , m_writes(writes)
    , m_maxJsonDepth(maxJsonDepth)
    , m_times(times)
    , m_mostProjects(mostProjects)
{
    routes.add("POST", "/api/v1/retros", http::orLimited(Role::Reporter), *this, &RetrosApi::create,
               {"imported"}, Route::Body::Bulk);
    routes.add("GET", "/api/v1/retros", http::orLimited(Role::Viewer), *this, &RetrosApi::list,
               {"limit", "cursor", "from", "to", "type", "project", "user"});
}

Result<void> RetrosApi::create(const Request& request, const Reply& reply) const
{
    return writeBulk<service::Retros, Retro>(m_writes, m_maxJsonDepth, m_times, request, reply,
                                             protocol::retroFromJson);
}

Result<void> RetrosApi::list(const Request& request, const Reply& reply) const
{
    QueryReader query(request);
    store::RetroQuery wanted;
    readTimePage(query, wanted);
    wanted.projects = query.projects(m_mostProjects);
    wanted.user = query.text(QStringLiteral("user")).value_or(QString());
    if (const auto type = query.text(QStringLiteral("type"))) {
        wanted.type = protocol::retroTypeFromString(*type);
        if (!wanted.type)
            query.refuse(ErrorCode::Validation, QStringLiteral("type"),
                         QStringLiteral("must be one of quick, standard, deep"));
    }
    PRISM_TRY(query.check());
    const bool isFiltered = wanted.type || !wanted.projects.isEmpty() || !wanted.user.isEmpty();
    return m_reads.submit(request, reply, isFiltered ? Effort::Open : Effort::Bounded,
                          [wanted, id = request.id](const Reading& reader) -> Result<Response> {
                              store::RetroReader retros(reader.numbers.database);
                              PRISM_TRY_ASSIGN(const store::RetroPage& page, retros.list(wanted));
                              return timeList(id, page.retros, wanted.limit, page.next);
                          });
}

} // namespace prism::api
