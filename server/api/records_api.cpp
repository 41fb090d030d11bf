#include "server/api/records_api.h"

#include "server/api/answers.h"
#include "server/api/json_body.h"
#include "server/api/query_reader.h"
#include "server/api/write_request.h"
#include "shared/protocol/json_writer.h"

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
using store::EncodedRecord;
using store::Transaction;

namespace {

const char path[] = "/api/v1/analytics/records";
constexpr std::size_t largestBatch = 1000;

/// The data of the event that tells of a record.
QByteArray eventData(QLatin1String id, const EncodedRecord& encoded, const QByteArray& updates)
{
    QByteArray text;
    text.reserve(encoded.json.size() + updates.size() + 128);
    protocol::JsonWriter json(text);
    json.beginObject();
    if (!id.isEmpty())
        json.field(QLatin1String("id"), id);
    json.key(QLatin1String("record"));
    json.raw(encoded.json);
    if (!updates.isEmpty()) {
        json.key(QLatin1String("updates"));
        json.raw(updates);
    }
    json.field(QLatin1String("timestamp"), encoded.record.updatedAt);
    json.endObject();
    return text;
}

QByteArray objectOf(std::initializer_list<std::pair<QLatin1String, QString>> fields)
{
    QByteArray text;
    protocol::JsonWriter json(text);
    json.beginObject();
    for (const auto& [name, value] : fields)
        json.field(name, value);
    json.endObject();
    return text;
}

/// A record that is about to be stored, with all that is said of it.
struct Creation
{
    EncodedRecord encoded;
    QByteArray event;
};

Creation creationOf(const RecordDraft& draft)
{
    Creation creation{store::makeRecord(draft, std::chrono::system_clock::now()), {}};
    creation.event = eventData({}, creation.encoded, {});
    return creation;
}

Result<void> createRecord(Transaction& transaction, const Creation& creation)
{
    if (const Result<void> inserted = transaction.records().insert(creation.encoded); !inserted)
        return inserted;
    const auto announced = transaction.announce(protocol::event_type::recordCreated, QString(),
                                                creation.event, creation.encoded.record.createdAt);
    if (!announced)
        return Failure(announced.error());
    return {};
}

Response answerWith(const QString& requestId, const QByteArray& json, int version, int status)
{
    Response response = encodedSuccess(requestId, json, status);
    response.addHeader(QByteArrayLiteral("ETag"), versionTag(version));
    return response;
}

} // namespace

RecordsApi::RecordsApi(const Context& context, http::Router& router)
    : m_context(context)
{
    router.add("POST", "/api/v1/analytics/records", Role::Editor, *this, &RecordsApi::create);
    router.add("GET", "/api/v1/analytics/records", Role::Viewer, *this, &RecordsApi::list);
    router.add("POST", "/api/v1/analytics/records/batch", Role::Editor, *this, &RecordsApi::createBatch,
               Route::Body::Bulk);
    router.add("GET", "/api/v1/analytics/records/{id}", Role::Viewer, *this, &RecordsApi::find);
    router.add("PUT", "/api/v1/analytics/records/{id}", Role::Editor, *this, &RecordsApi::update);
    router.add("DELETE", "/api/v1/analytics/records/{id}", Role::Editor, *this, &RecordsApi::remove);
}

void RecordsApi::create(const Request& request, const Reply& reply) const
{
    const Result<QJsonObject> body = parseObject(request.body, m_context.maxJsonDepth);
    if (!body)
        return reply(failure(request.id, body.error()));
    const Result<RecordDraft> draft = protocol::recordDraftFromJson(*body, m_context.records);
    if (!draft)
        return reply(failure(request.id, draft.error()));
    const Creation creation = creationOf(*draft);
    Response answer = answerWith(request.id, creation.encoded.json, creation.encoded.record.version, 201);
    answer.addHeader(QByteArrayLiteral("Location"),
                     QByteArray(path) + '/' + creation.encoded.record.id.toLatin1());
    submitWrite(m_context, request, reply, {1, 1, std::size_t(request.body.size())},
                [creation, answer](Transaction& transaction) -> Result<Response> {
                    if (const Result<void> created = createRecord(transaction, creation); !created)
                        return Failure(created.error());
                    return answer;
                });
}

void RecordsApi::createBatch(const Request& request, const Reply& reply) const
{
    const Result<BulkBody> body = parseBulk(request, m_context.maxJsonDepth, largestBatch);
    if (!body)
        return reply(failure(request.id, body.error()));
    if (body->form == BulkBody::Form::Single)
        return reply(failure(request.id, {ErrorCode::BadFormat,
                                          QStringLiteral("The body must be a list of records."),
                                          {QStringLiteral("body: must be a list")}}));
    protocol::Problems problems = body->problems;
    std::vector<Creation> creations;
    for (const BulkEntry& entry : body->entries) {
        const Result<RecordDraft> draft = protocol::recordDraftFromJson(entry.object, m_context.records);
        if (draft) {
            creations.push_back(creationOf(*draft));
            continue;
        }
        for (const QString& detail : draft.error().details)
            problems.add(draft.error().code, body->placeOf(entry), detail);
    }
    if (!problems.isEmpty())
        return reply(failure(
            request.id, problems.toError(QStringLiteral("Some records are not valid; none was stored."))));
    QList<QByteArray> encoded;
    for (const Creation& creation : creations)
        encoded.append(creation.encoded.json);
    const Response answer = encodedSuccess(request.id,
                                           "{\"created\":" + QByteArray::number(encoded.size()) +
                                               ",\"records\":" + encodedList(encoded) + '}',
                                           201);
    const store::Weight weight{1, creations.size(), std::size_t(request.body.size())};
    auto shared = std::make_shared<const std::vector<Creation>>(std::move(creations));
    submitWrite(m_context, request, reply, weight,
                [shared, answer](Transaction& transaction) -> Result<Response> {
                    for (std::size_t i = 0; i < shared->size(); ++i) {
                        const Result<void> created = createRecord(transaction, shared->at(i));
                        if (created)
                            continue;
                        Error error = created.error();
                        for (QString& detail : error.details)
                            detail = QStringLiteral("[%1]: %2").arg(i).arg(detail);
                        return Failure(error);
                    }
                    return answer;
                });
}

void RecordsApi::list(const Request& request, const Reply& reply) const
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
    wanted.search = query.text(QStringLiteral("search")).value_or(QString()).left(100);
    const auto cursor = query.text(QStringLiteral("cursor"));
    if (cursor && !cursor->isEmpty()) {
        wanted.after = store::RecordCursor::fromText(*cursor, wanted.listOrder());
        if (!wanted.after)
            query.refuse(ErrorCode::BadFormat, QStringLiteral("cursor"),
                         QStringLiteral("must be the nextCursor of an earlier answer in the same order"));
    }
    if (const auto error = query.error())
        return reply(failure(request.id, *error));

    const store::Snapshot snapshot(m_context.database);
    const Result<store::RecordPage> page = store::RecordTable(m_context.database).list(wanted);
    if (!page)
        return reply(failure(request.id, page.error()));
    protocol::Pagination pagination{cursor ? 0 : wanted.page, wanted.limit, page->total,
                                    page->next ? page->next->toText() : QString()};
    reply(encodedSuccess(request.id, encodedList(page->records), 200, pagination));
}

void RecordsApi::find(const Request& request, const Reply& reply) const
{
    const auto record = store::RecordTable(m_context.database).find(request.captures.first());
    if (!record)
        return reply(failure(request.id, record.error()));
    if (!hasAlready(request, versionTag(record->version)))
        return reply(answerWith(request.id, record->json, record->version, 200));
    Response unchanged{304, {}, {}};
    unchanged.addHeader(QByteArrayLiteral("ETag"), versionTag(record->version));
    reply(unchanged);
}

void RecordsApi::update(const Request& request, const Reply& reply) const
{
    const Result<QJsonObject> body = parseObject(request.body, m_context.maxJsonDepth);
    if (!body)
        return reply(failure(request.id, body.error()));
    const Result<RecordPatch> given = protocol::recordPatchFromJson(*body, m_context.records);
    if (!given)
        return reply(failure(request.id, given.error()));
    RecordPatch patch = *given;
    if (const std::optional<int> version = expectedVersion(request))
        patch.version = version;
    RecordPatch updates = patch;
    updates.version.reset();
    submitWrite(m_context, request, reply, {1, 1, std::size_t(request.body.size())},
                [id = request.captures.first(), patch, updates = encode(updates),
                 requestId = request.id](Transaction& transaction) -> Result<Response> {
                    const Result<EncodedRecord> changed =
                        transaction.records().update(id, patch, protocol::now());
                    if (!changed)
                        return Failure(changed.error());
                    const QByteArray recordId = changed->record.id.toLatin1();
                    const auto announced = transaction.announce(
                        protocol::event_type::recordUpdated, QString(),
                        eventData(QLatin1String(recordId), *changed, updates), changed->record.updatedAt);
                    if (!announced)
                        return Failure(announced.error());
                    return answerWith(requestId, changed->json, changed->record.version, 200);
                });
}

void RecordsApi::remove(const Request& request, const Reply& reply) const
{
    submitWrite(m_context, request, reply, {},
                [id = request.captures.first(), version = expectedVersion(request),
                 requestId = request.id](Transaction& transaction) -> Result<Response> {
                    if (const Result<void> removed = transaction.records().remove(id, version); !removed)
                        return Failure(removed.error());
                    const protocol::Timestamp now = protocol::now();
                    const auto announced =
                        transaction.announce(protocol::event_type::recordDeleted, QString(),
                                             objectOf({{QLatin1String("id"), id},
                                                       {QLatin1String("timestamp"), protocol::toIso(now)}}),
                                             now);
                    if (!announced)
                        return Failure(announced.error());
                    return encodedSuccess(
                        requestId,
                        objectOf({{QLatin1String("id"), id},
                                  {QLatin1String("message"), QStringLiteral("The record was deleted.")}}),
                        200);
                });
}

} // namespace prism::api
