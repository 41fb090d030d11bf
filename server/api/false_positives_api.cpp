#include "server/api/false_positives_api.h"

#include "server/api/time_list.h"
#include "server/service/checks.h"
#include "server/store/tables/false_positive_reader.h"
#include "shared/protocol/try.h"

namespace prism::api {

using http::Reply;
using http::Request;
using http::Response;
using protocol::Result;
using protocol::Role;

namespace {

Success takenBack(const service::Encoded& falsePositive)
{
    return {falsePositive.json, 200, {}, QStringLiteral("What arrives is not marked by it any more.")};
}

} // namespace

FalsePositivesApi::FalsePositivesApi(const Reads& reads, const Writes& writes, qsizetype mostProjects,
                                     Routes& routes)
    : m_reads(reads)
    , m_writes(writes)
    , m_mostProjects(mostProjects)
{
    routes.add("GET", "/api/v1/gateway/false-positives", http::orLimited(Role::Viewer), *this,
               &FalsePositivesApi::list, {"limit", "cursor", "from", "to", "project"});
    routes.add("DELETE", "/api/v1/gateway/false-positives/{id}", http::orLimited(Role::Editor), *this,
               &FalsePositivesApi::forget);
}

Result<void> FalsePositivesApi::list(const Request& request, const Reply& reply) const
{
    QueryReader query(request);
    store::FalsePositiveQuery wanted;
    readTimePage(query, wanted);
    wanted.projects = query.projects(m_mostProjects, QueryReader::Empty::IsAName);
    PRISM_TRY(query.check());
    return m_reads.submit(request, reply, Effort::Bounded,
                          [wanted, id = request.id](const Reading& reader) -> Result<Response> {
                              store::FalsePositiveReader table(reader.numbers.database);
                              PRISM_TRY_ASSIGN(const store::FalsePositivePage& page, table.list(wanted));
                              return timeList(id, page.entries, wanted.limit, page.next);
                          });
}

Result<void> FalsePositivesApi::forget(const Request& request, const Reply& reply) const
{
    return m_writes.submit(request, reply, weightOf(request), &service::Checks::forgetFalsePositive,
                           service::FalsePositiveRemoval{request.captures.first()}, takenBack);
}

} // namespace prism::api
