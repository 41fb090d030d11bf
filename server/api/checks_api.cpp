#include "server/api/checks_api.h"

#include "server/api/bulk_write.h"
#include "server/api/time_list.h"
#include "server/service/checks.h"
#include "server/store/tables/check_reader.h"
#include "shared/protocol/search_envelope.h"
#include "shared/protocol/try.h"

namespace prism::api {

using http::Reply;
using http::Request;
using http::Response;
using http::Route;
using protocol::Check;
using protocol::ErrorCode;
using protocol::Result;
using protocol::Role;

ChecksApi::ChecksApi(const Reads& reads, const Writes& writes, int maxJsonDepth, const EntryTimes& times,
                     const CheckLimits& limits, qsizetype mostProjects, Routes& routes)
    : m_reads(reads)
    , m_writes(writes)
    , m_maxJsonDepth(maxJsonDepth)
    , m_times(times)
    , m_limits(limits)
    , m_mostProjects(mostProjects)
{
    routes.add("POST", "/api/v1/gateway/checks", http::orLimited(Role::Reporter), *this, &ChecksApi::create,
               {"imported"}, Route::Body::Bulk);
    routes.add("GET", "/api/v1/gateway/checks", http::orLimited(Role::Viewer), *this, &ChecksApi::list,
               {"limit", "cursor", "from", "to", "q", "status", "principle", "severity", "project", "gate",
                "user", "session", "branch", "commit", "falsePositive"});
    routes.add("GET", "/api/v1/gateway/checks/{id}", http::orLimited(Role::Viewer), *this, &ChecksApi::find);
    routes.add("GET", "/api/v1/gateway/checks/{id}/violations", http::orLimited(Role::Viewer), *this,
               &ChecksApi::violations, {"limit", "cursor"});
    routes.add("PATCH", "/api/v1/gateway/checks/{id}/violations/{n}", http::orLimited(Role::Editor), *this,
               &ChecksApi::mark);
}

namespace {

Success marked(const service::Encoded& check)
{
    return {check.json};
}

Response pageOf(const QString& requestId, const store::CheckQuery& wanted, const store::CheckPage& page)
{
    const auto place =
        protocol::Pagination::ofCursor(wanted.limit, page.next ? page.next->toText() : QString());
    Response response;
    response.body =
        protocol::searchEnvelope(encodedList(page.checks), requestId, protocol::now(), place, page.lookedTo);
    return response;
}

} // namespace

Result<void> ChecksApi::create(const Request& request, const Reply& reply) const
{
    return writeBulk<service::Checks, Check>(m_writes, m_maxJsonDepth, m_times, request, reply,
                                             protocol::checkFromJson);
}

Result<void> ChecksApi::list(const Request& request, const Reply& reply) const
{
    QueryReader query(request);
    const store::CheckQuery wanted = readQuery(query);
    PRISM_TRY(query.check());
    return m_reads.submit(request, reply, wanted.isNarrowed() ? Effort::Open : Effort::Bounded,
                          [wanted, id = request.id](const Reading& reader) -> Result<Response> {
                              store::ReadConnection& database = reader.numbers.database;
                              PRISM_TRY_ASSIGN(const store::Snapshot snapshot,
                                               store::Snapshot::begin(database));
                              PRISM_TRY_ASSIGN(const auto& page, store::CheckReader(database).list(wanted));
                              return pageOf(id, wanted, page);
                          });
}

store::CheckQuery ChecksApi::readQuery(QueryReader& query) const
{
    constexpr qsizetype mostOfName = 100; // as a check has them
    constexpr qsizetype mostOfGate = 200;
    constexpr qsizetype mostOfBranch = 300;
    constexpr qsizetype mostOfPrinciple = 300;
    constexpr qsizetype mostOfText = 200;
    store::CheckQuery wanted;
    readTimePage(query, wanted);
    wanted.rows = m_limits.searchedRows;
    wanted.text = query.text(QStringLiteral("q"), mostOfText);
    if (const auto status = query.text(QStringLiteral("status"))) {
        wanted.status = protocol::checkStatusFromString(*status);
        if (!wanted.status)
            query.refuse(ErrorCode::Validation, QStringLiteral("status"),
                         QStringLiteral("must be one of PASS, WARNING, BLOCKED"));
    }
    wanted.principle = query.text(QStringLiteral("principle"), mostOfPrinciple);
    if (const auto severity = query.text(QStringLiteral("severity"))) {
        wanted.severity = protocol::severityFromString(*severity);
        if (!wanted.severity)
            query.refuse(ErrorCode::Validation, QStringLiteral("severity"),
                         QStringLiteral("must be one of INFO, WARNING, BLOCK"));
    }
    wanted.projects = query.projects(m_mostProjects);
    wanted.gate = query.text(QStringLiteral("gate"), mostOfGate);
    wanted.user = query.text(QStringLiteral("user"), mostOfName);
    wanted.session = query.text(QStringLiteral("session"), mostOfName);
    wanted.branch = query.text(QStringLiteral("branch"), mostOfBranch);
    wanted.commit = query.text(QStringLiteral("commit"), mostOfName);
    wanted.falsePositive = query.filter(QStringLiteral("falsePositive"), truthNames);
    return wanted;
}

Result<void> ChecksApi::find(const Request& request, const Reply& reply) const
{
    return m_reads.submit(
        request, reply, Effort::Bounded,
        [checkId = request.captures.first(), reach = request.reach,
         id = request.id](const Reading& reader) -> Result<Response> {
            store::ReadConnection& database = reader.numbers.database;
            PRISM_TRY_ASSIGN(const store::Snapshot snapshot, store::Snapshot::begin(database));
            PRISM_TRY_ASSIGN(const auto& found, store::CheckReader(database).find(checkId, reach));
            return encodedSuccess(id, encode(found.check, found.next), 200);
        });
}

Result<void> ChecksApi::violations(const Request& request, const Reply& reply) const
{
    QueryReader query(request);
    store::ViolationQuery wanted;
    wanted.checkId = request.captures.first();
    wanted.reach = request.reach;
    wanted.limit = int(query.integer(QStringLiteral("limit"), 20, 1, 100));
    if (const auto cursor = query.text(QStringLiteral("cursor"))) {
        bool isPlace = false;
        wanted.from = cursor->toLongLong(&isPlace);
        if (!isPlace || wanted.from < 0)
            query.refuse(ErrorCode::BadFormat, QStringLiteral("cursor"),
                         QStringLiteral("must be the nextCursor of an earlier answer"));
    }
    PRISM_TRY(query.check());
    return m_reads.submit(
        request, reply, Effort::Bounded,
        [wanted, id = request.id](const Reading& reader) -> Result<Response> {
            store::ReadConnection& database = reader.numbers.database;
            PRISM_TRY_ASSIGN(const store::Snapshot snapshot, store::Snapshot::begin(database));
            PRISM_TRY_ASSIGN(const auto& page, store::CheckReader(database).violations(wanted));
            const QString next = page.next ? QString::number(*page.next) : QString();
            return encodedSuccess(id, encodedList(page.violations), 200,
                                  protocol::Pagination::ofCursor(wanted.limit, next));
        });
}

Result<void> ChecksApi::mark(const Request& request, const Reply& reply) const
{
    PRISM_TRY_ASSIGN(const QJsonObject body, protocol::parseObject(request.body, m_maxJsonDepth));
    PRISM_TRY_ASSIGN(const protocol::ViolationMark given, protocol::violationMarkFromJson(body));
    bool isNumber = false;
    const qint64 position = request.captures.at(1).toLongLong(&isNumber);
    return m_writes.submit(request, reply, weightOf(request), &service::Checks::mark,
                           service::ViolationMark{request.captures.first(), isNumber ? position : -1,
                                                  given.falsePositive, given.reason, given.by,
                                                  m_limits.falsePositives},
                           marked);
}

} // namespace prism::api
