#include "server/api/checks_api.h"

#include "server/api/bulk_write.h"
#include "server/api/time_list.h"
#include "server/service/checks.h"
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
                     Routes& routes)
    : m_reads(reads)
    , m_writes(writes)
    , m_maxJsonDepth(maxJsonDepth)
    , m_times(times)
{
    routes.add("POST", "/api/v1/gateway/checks", Role::Reporter, *this, &ChecksApi::create, {"imported"},
               Route::Body::Bulk);
    routes.add("GET", "/api/v1/gateway/checks", Role::Viewer, *this, &ChecksApi::list,
               {"limit", "cursor", "from", "to", "status", "principle", "project", "user"});
    routes.add("GET", "/api/v1/gateway/checks/{id}", Role::Viewer, *this, &ChecksApi::find);
    routes.add("GET", "/api/v1/gateway/checks/{id}/violations", Role::Viewer, *this, &ChecksApi::violations,
               {"limit", "cursor"});
    routes.add("PATCH", "/api/v1/gateway/checks/{id}/violations/{n}", Role::Editor, *this, &ChecksApi::mark);
}

namespace {

/// The mark that a violation is to get.
Result<bool> readMark(const Request& request, int maxJsonDepth)
{
    PRISM_TRY_ASSIGN(const QJsonObject body, protocol::parseObject(request.body, maxJsonDepth));
    protocol::Problems problems;
    protocol::ObjectReader reader(body, problems);
    const std::optional<bool> mark =
        reader.boolean(QLatin1String("falsePositive"), protocol::Presence::Required);
    reader.refuseUnknown();
    if (!problems.isEmpty())
        return protocol::Failure(problems.toError(QStringLiteral("The violation cannot be marked.")));
    return mark.value_or(false);
}

Success marked(const service::Encoded& check)
{
    return {check.json};
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
    store::CheckQuery wanted;
    readTimePage(query, wanted);
    wanted.principle = query.text(QStringLiteral("principle")).value_or(QString());
    wanted.project = query.text(QStringLiteral("project")).value_or(QString());
    wanted.user = query.text(QStringLiteral("user")).value_or(QString());
    if (const auto status = query.text(QStringLiteral("status"))) {
        wanted.status = protocol::checkStatusFromString(*status);
        if (!wanted.status)
            query.refuse(ErrorCode::Validation, QStringLiteral("status"),
                         QStringLiteral("must be one of PASS, WARNING, BLOCKED"));
    }
    PRISM_TRY(query.check());
    const bool isFiltered =
        wanted.status || !wanted.principle.isEmpty() || !wanted.project.isEmpty() || !wanted.user.isEmpty();
    return m_reads.submit(request, reply, isFiltered ? Effort::Open : Effort::Bounded,
                          [wanted, id = request.id](const Reading& reader) -> Result<Response> {
                              store::ReadConnection& database = reader.numbers.database;
                              PRISM_TRY_ASSIGN(const store::Snapshot snapshot,
                                               store::Snapshot::begin(database));
                              PRISM_TRY_ASSIGN(const auto& page, store::CheckReader(database).list(wanted));
                              return timeList(id, page.checks, wanted.limit, page.next);
                          });
}

Result<void> ChecksApi::find(const Request& request, const Reply& reply) const
{
    return m_reads.submit(
        request, reply, Effort::Bounded,
        [checkId = request.captures.first(), id = request.id](const Reading& reader) -> Result<Response> {
            store::ReadConnection& database = reader.numbers.database;
            PRISM_TRY_ASSIGN(const store::Snapshot snapshot, store::Snapshot::begin(database));
            PRISM_TRY_ASSIGN(const auto& found, store::CheckReader(database).find(checkId));
            return encodedSuccess(id, encode(found.check, found.next), 200);
        });
}

Result<void> ChecksApi::violations(const Request& request, const Reply& reply) const
{
    QueryReader query(request);
    store::ViolationQuery wanted;
    wanted.checkId = request.captures.first();
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
    PRISM_TRY_ASSIGN(const bool falsePositive, readMark(request, m_maxJsonDepth));
    bool isNumber = false;
    const qint64 position = request.captures.at(1).toLongLong(&isNumber);
    return m_writes.submit(
        request, reply, weightOf(request), &service::Checks::mark,
        service::ViolationMark{request.captures.first(), isNumber ? position : -1, falsePositive}, marked);
}

} // namespace prism::api
