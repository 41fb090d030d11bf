#include "server/api/records_api.h"

#include "server/api/answers.h"
#include "server/api/json_body.h"
#include "server/api/query_reader.h"
#include "server/service/records.h"
#include "server/store/page_room.h"
#include "shared/protocol/json_writer.h"
#include "shared/protocol/text.h"
#include "shared/protocol/try.h"

namespace prism::api {

using http::Reply;
using http::Request;
using http::Response;
using http::Route;
using protocol::Error;
using protocol::ErrorCode;
using protocol::Failure;
using protocol::RecordDraft;
using protocol::RecordPatch;
using protocol::Result;
using protocol::Role;
using service::NewRecord;

namespace {

const char path[] = "/api/v1/analytics/records";
constexpr std::size_t largestBatch = 1000;
constexpr qsizetype longestSearch = 100;

Success createdOne(const service::WrittenRecord& record)
{
    return {record.json,
            201,
            {{QByteArrayLiteral("ETag"), versionTag(record.version)},
             {QByteArrayLiteral("Location"), QByteArray(path) + '/' + record.id.toLatin1()}}};
}

Success createdAll(const service::WrittenRecords& records)
{
    return {"{\"created\":" + QByteArray::number(records.json.size()) +
                ",\"records\":" + encodedList(records.json) + '}',
            201};
}

/// As it is stored, for what a request requires of it.
CurrentState recordNow(const QString& id)
{
    return [id](store::Transaction& transaction) -> Result<std::optional<http::Validator>> {
        PRISM_TRY_ASSIGN(const auto record, transaction.records().find(id));
        return validatorOf(record.version, record.updatedAt);
    };
}

Success updated(const service::WrittenRecord& record)
{
    return {record.json, 200, {{QByteArrayLiteral("ETag"), versionTag(record.version)}}};
}

Success removed(const service::RemovedRecord& record)
{
    return {protocol::writtenJson(QJsonObject{{QLatin1String("id"), record.id}}),
            200,
            {},
            QStringLiteral("The record was deleted.")};
}

/// What is behind it takes long to come to by page.
constexpr qint64 deepestPlace = 10'000;

/// Read at once, without the way to a reader and back.
bool isSmall(const store::RecordQuery& query)
{
    constexpr int mostRecords = 20;
    constexpr qint64 deepest = 1000;
    return query.search.isEmpty() && query.limit <= mostRecords &&
           (query.after || qint64(query.page) * query.limit <= deepest);
}

/// `page` is 0 for a list by cursor.
Result<Response> readList(store::ReadConnection& database, const store::RecordQuery& query, int page,
                          const QString& requestId)
{
    PRISM_TRY_ASSIGN(const store::Snapshot snapshot, store::Snapshot::begin(database));
    PRISM_TRY_ASSIGN(const store::RecordPage& records, store::RecordReader(database).list(query));
    const protocol::Pagination pagination{page, query.limit, records.total,
                                          records.next ? records.next->toText() : QString()};
    return encodedSuccess(requestId, encodedList(records.records), 200, pagination);
}

} // namespace

RecordsApi::RecordsApi(store::ReadConnection& database, const Reads& reads, const Writes& writes,
                       const protocol::RecordLimits& limits, int maxJsonDepth, Routes& routes)
    : m_database(database)
    , m_reads(reads)
    , m_writes(writes)
    , m_limits(limits)
    , m_maxJsonDepth(maxJsonDepth)
{
    routes.add("POST", "/api/v1/analytics/records", Role::Editor, *this, &RecordsApi::create);
    routes.add("GET", "/api/v1/analytics/records", Role::Viewer, *this, &RecordsApi::list,
               {"page", "limit", "sortBy", "sortOrder", "type", "search", "cursor"});
    routes.add("POST", "/api/v1/analytics/records/batch", Role::Editor, *this, &RecordsApi::createBatch, {},
               Route::Body::Bulk);
    routes.add("GET", "/api/v1/analytics/records/{id}", Role::Viewer, *this, &RecordsApi::find);
    routes.add("PUT", "/api/v1/analytics/records/{id}", Role::Editor, *this, &RecordsApi::update);
    routes.add("DELETE", "/api/v1/analytics/records/{id}", Role::Editor, *this, &RecordsApi::remove);
}

Result<void> RecordsApi::create(const Request& request, const Reply& reply) const
{
    PRISM_TRY_ASSIGN(const QJsonObject body, protocol::parseObject(request.body, m_maxJsonDepth));
    PRISM_TRY_ASSIGN(const RecordDraft draft, protocol::recordDraftFromJson(body, m_limits, request.body));
    return m_writes.submit(request, reply, weightOf(request), &service::Records::create, NewRecord::of(draft),
                           createdOne);
}

Result<void> RecordsApi::createBatch(const Request& request, const Reply& reply) const
{
    PRISM_TRY_ASSIGN(BulkBody body, parseBulk(request, m_maxJsonDepth, largestBatch));
    if (body.form == BulkBody::Form::Single)
        return Failure(Error{ErrorCode::BadFormat,
                             QStringLiteral("The body must be a list of records."),
                             {QStringLiteral("body: must be a list")}});
    body.findTexts(request.body);
    protocol::Problems problems = body.problems;
    std::vector<NewRecord> records;
    for (const BulkEntry& entry : body.entries) {
        const Result<RecordDraft> draft = protocol::recordDraftFromJson(entry.object, m_limits, entry.text);
        if (draft) {
            records.push_back(NewRecord::of(*draft));
            continue;
        }
        for (const QString& detail : draft.error().details)
            problems.add(draft.error().code, body.placeOf(entry), detail);
    }
    if (!problems.isEmpty())
        return Failure(problems.toError(QStringLiteral("Some records are not valid; none was stored.")));
    const store::Weight weight = weightOf(request, {1, records.size(), 0});
    return m_writes.submit(request, reply, weight, &service::Records::createAll, std::move(records),
                           createdAll);
}

Result<void> RecordsApi::list(const Request& request, const Reply& reply) const
{
    QueryReader query(request);
    store::RecordQuery wanted;
    wanted.page = int(query.integer(QStringLiteral("page"), 1, 1, std::numeric_limits<int>::max()));
    wanted.limit = int(query.integer(QStringLiteral("limit"), 20, 1, 100));
    const QString sortBy = query.text(QStringLiteral("sortBy")).value_or(QString());
    if (sortBy == QLatin1String("name"))
        wanted.order = store::RecordOrder::Name;
    else if (sortBy == QLatin1String("updatedAt"))
        wanted.order = store::RecordOrder::UpdatedAt;
    wanted.ascending = query.text(QStringLiteral("sortOrder")) == QStringLiteral("asc");
    wanted.type = protocol::recordTypeFromString(query.text(QStringLiteral("type")).value_or(QString()));
    wanted.search = query.text(QStringLiteral("search")).value_or(QString());
    wanted.search = protocol::firstCharacters(wanted.search, longestSearch);
    const auto cursor = query.text(QStringLiteral("cursor"));
    if (cursor && !cursor->isEmpty()) {
        wanted.after = store::RecordCursor::fromText(*cursor, wanted.listOrder());
        if (!wanted.after)
            query.refuse(ErrorCode::BadFormat, QStringLiteral("cursor"),
                         QStringLiteral("must be the nextCursor of an earlier answer in the same order"));
    }
    if (cursor)
        wanted.bytes = store::mostListBytes;
    PRISM_TRY(query.check());
    const int page = cursor ? 0 : wanted.page;
    const auto read = [wanted, page, id = request.id](store::ReadConnection& database) {
        return readList(database, wanted, page, id);
    };
    if (isSmall(wanted)) {
        reply(respond(request, read(m_database)));
        return {};
    }
    const bool isOpen = !wanted.search.isEmpty() || qint64(wanted.page) * wanted.limit > deepestPlace;
    return m_reads.submit(request, reply, isOpen ? Effort::Open : Effort::Bounded,
                          [read](const Reading& reader) { return read(reader.numbers.database); });
}

Result<Response> RecordsApi::find(const Request& request) const
{
    PRISM_TRY_ASSIGN(const auto& record, store::RecordReader(m_database).find(request.captures.first()));
    Response answer = encodedSuccess(request.id, record.json, 200);
    addValidator(answer, validatorOf(record.version, record.updatedAt));
    return answer;
}

Result<void> RecordsApi::update(const Request& request, const Reply& reply) const
{
    PRISM_TRY_ASSIGN(const QJsonObject body, protocol::parseObject(request.body, m_maxJsonDepth));
    PRISM_TRY_ASSIGN(RecordPatch patch, protocol::recordPatchFromJson(body, m_limits, request.body));
    if (http::Preconditions(request.headers).nameOne())
        patch.version.reset(); // the body's says what the caller had before it changed it
    return m_writes.submit(request, reply, weightOf(request), &service::Records::update,
                           service::RecordChange::of(request.captures.first(), patch), updated,
                           recordNow(request.captures.first()));
}

Result<void> RecordsApi::remove(const Request& request, const Reply& reply) const
{
    return m_writes.submit(request, reply, weightOf(request), &service::Records::remove,
                           service::RecordRemoval{request.captures.first()}, removed,
                           recordNow(request.captures.first()));
}

} // namespace prism::api
