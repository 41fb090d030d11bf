#include "server/api/records_api.h"

#include "server/api/answers.h"
#include "server/api/json_body.h"
#include "server/api/query_reader.h"

#include <QJsonArray>

namespace prism::api {

using http::Reply;
using http::Request;
using http::Response;
using protocol::Error;
using protocol::ErrorCode;
using protocol::Failure;
using protocol::Record;
using protocol::RecordDraft;
using protocol::RecordPatch;
using protocol::Result;
using store::Transaction;

namespace {

const char path[] = "/api/v1/analytics/records";
constexpr std::size_t largestBatch = 1000;

Result<Record> createRecord(Transaction& transaction, const RecordDraft& draft)
{
    const protocol::Timestamp now = protocol::now();
    Result<Record> record = transaction.records().create(draft, now);
    if (!record)
        return record;
    const auto announced = transaction.announce(
        protocol::event_type::recordCreated, QString(),
        {{QLatin1String("record"), toJson(*record)}, {QLatin1String("timestamp"), protocol::toIso(now)}},
        now);
    if (!announced)
        return Failure(announced.error());
    return record;
}

QByteArray tagOf(const Record& record)
{
    return '"' + QByteArray::number(record.version) + '"';
}

Response answerWith(const Request& request, const Record& record, int status)
{
    Response response = success(request, toJson(record), status);
    response.addHeader("ETag", tagOf(record));
    if (status == 201)
        response.addHeader("Location", QByteArray(path) + '/' + record.id.toLatin1());
    return response;
}

/// The version named by If-Match; nothing when the header is absent or "*". A tag that is none of a record's,
/// a weak one included (RFC 9110, section 13.1.1), gives a version that no record has.
std::optional<int> expectedVersion(const Request& request)
{
    constexpr int noRecords = -1;
    QByteArray tag = request.header("if-match").trimmed();
    if (tag.isEmpty() || tag == "*")
        return std::nullopt;
    if (tag.startsWith('"') && tag.endsWith('"') && tag.size() > 2)
        tag = tag.mid(1, tag.size() - 2);
    bool isNumber = false;
    const int version = tag.toInt(&isNumber);
    return isNumber ? version : noRecords;
}

Response failureOf(const Request& request, const Error& error)
{
    const bool conditional = error.code == ErrorCode::VersionConflict && request.headers.contains("if-match");
    return conditional ? failure(request.id, error, 412) : failure(request.id, error);
}

} // namespace

RecordsApi::RecordsApi(const Context& context, http::Router& router)
    : m_context(context)
{
    const QString base = QString::fromLatin1(path);
    const auto route = [&](const char* method, const QString& pattern, auto member, bool bulk = false) {
        router.add(
            {method, pattern,
             [this, member](const Request& request, const Reply& reply) { (this->*member)(request, reply); },
             bulk});
    };
    route("POST", base, &RecordsApi::create);
    route("GET", base, &RecordsApi::list);
    route("POST", base + QStringLiteral("/batch"), &RecordsApi::createBatch, true);
    route("GET", base + QStringLiteral("/{id}"), &RecordsApi::find);
    route("PUT", base + QStringLiteral("/{id}"), &RecordsApi::update);
    route("DELETE", base + QStringLiteral("/{id}"), &RecordsApi::remove);
}

void RecordsApi::create(const Request& request, const Reply& reply) const
{
    const Result<QJsonObject> body = parseObject(request.body, m_context.maxJsonDepth);
    if (!body)
        return reply(failure(request.id, body.error()));
    const Result<RecordDraft> draft = protocol::recordDraftFromJson(*body);
    if (!draft)
        return reply(failure(request.id, draft.error()));
    m_context.writes.submit<Record>(
        [draft = *draft](Transaction& transaction) { return createRecord(transaction, draft); },
        [request, reply](const Result<Record>& record) {
            reply(record ? answerWith(request, *record, 201) : failure(request.id, record.error()));
        });
}

void RecordsApi::createBatch(const Request& request, const Reply& reply) const
{
    const Result<BulkBody> body = parseBulk(request, m_context.maxJsonDepth, largestBatch);
    if (!body)
        return reply(failure(request.id, body.error()));
    if (body->single)
        return reply(failure(request.id, {ErrorCode::BadFormat,
                                          QStringLiteral("The body must be a list of records."),
                                          {QStringLiteral("body: must be a list")}}));
    protocol::Problems problems = body->problems;
    QList<RecordDraft> drafts;
    for (const BulkEntry& entry : body->entries) {
        const Result<RecordDraft> draft = protocol::recordDraftFromJson(entry.object);
        if (draft) {
            drafts.append(*draft);
            continue;
        }
        for (const QString& detail : draft.error().details)
            problems.add(draft.error().code, entry.place, detail);
    }
    if (!problems.isEmpty())
        return reply(failure(
            request.id, problems.toError(QStringLiteral("Some records are not valid; none was stored."))));
    using Records = QList<Record>;
    m_context.writes.submit<Records>(
        [drafts](Transaction& transaction) -> Result<Records> {
            Records records;
            for (qsizetype i = 0; i < drafts.size(); ++i) {
                Result<Record> record = createRecord(transaction, drafts[i]);
                if (!record) {
                    Error error = record.error();
                    for (QString& detail : error.details)
                        detail = QStringLiteral("[%1]: %2").arg(i).arg(detail);
                    return Failure(error);
                }
                records.append(*record);
            }
            return records;
        },
        [request, reply](const Result<Records>& records) {
            if (!records)
                return reply(failure(request.id, records.error()));
            QJsonArray list;
            for (const Record& record : *records)
                list.append(toJson(record));
            reply(success(
                request,
                QJsonObject{{QLatin1String("created"), list.size()}, {QLatin1String("records"), list}}, 201));
        });
}

void RecordsApi::list(const Request& request, const Reply& reply) const
{
    QueryReader query(request);
    store::RecordQuery wanted;
    wanted.page = int(query.integer(QStringLiteral("page"), 1, 1, std::numeric_limits<int>::max()));
    wanted.limit = int(query.integer(QStringLiteral("limit"), 20, 1, 100));
    if (const auto error = query.error())
        return reply(failure(request.id, *error));
    const QString sortBy = query.text(QStringLiteral("sortBy")).value_or(QString());
    if (sortBy == QLatin1String("name"))
        wanted.order = store::RecordOrder::Name;
    else if (sortBy == QLatin1String("updatedAt"))
        wanted.order = store::RecordOrder::UpdatedAt;
    wanted.ascending = query.text(QStringLiteral("sortOrder")) == QStringLiteral("asc");
    wanted.type = protocol::recordTypeFromString(query.text(QStringLiteral("type")).value_or(QString()));
    wanted.search = query.text(QStringLiteral("search")).value_or(QString()).left(100);

    const store::Snapshot snapshot(m_context.database);
    const Result<store::RecordPage> page = store::RecordTable(m_context.database).list(wanted);
    if (!page)
        return reply(failure(request.id, page.error()));
    QJsonArray records;
    for (const Record& record : page->records)
        records.append(toJson(record));
    reply(success(request, records, 200, protocol::Pagination{wanted.page, wanted.limit, page->total}));
}

void RecordsApi::find(const Request& request, const Reply& reply) const
{
    const Result<Record> record = store::RecordTable(m_context.database).find(request.captures.first());
    if (!record)
        return reply(failure(request.id, record.error()));
    if (!hasAlready(request, tagOf(*record)))
        return reply(answerWith(request, *record, 200));
    Response unchanged{304, {}, {}};
    unchanged.addHeader("ETag", tagOf(*record));
    reply(unchanged);
}

void RecordsApi::update(const Request& request, const Reply& reply) const
{
    const Result<QJsonObject> body = parseObject(request.body, m_context.maxJsonDepth);
    if (!body)
        return reply(failure(request.id, body.error()));
    const Result<RecordPatch> given = protocol::recordPatchFromJson(*body);
    if (!given)
        return reply(failure(request.id, given.error()));
    RecordPatch patch = *given;
    if (const std::optional<int> version = expectedVersion(request))
        patch.version = version;
    m_context.writes.submit<Record>(
        [id = request.captures.first(), patch](Transaction& transaction) -> Result<Record> {
            const protocol::Timestamp now = protocol::now();
            Result<Record> record = transaction.records().update(id, patch, now);
            if (!record)
                return record;
            RecordPatch updates = patch;
            updates.version.reset();
            const auto announced = transaction.announce(protocol::event_type::recordUpdated, QString(),
                                                        {{QLatin1String("id"), id},
                                                         {QLatin1String("record"), toJson(*record)},
                                                         {QLatin1String("updates"), toJson(updates)},
                                                         {QLatin1String("timestamp"), protocol::toIso(now)}},
                                                        now);
            if (!announced)
                return Failure(announced.error());
            return record;
        },
        [request, reply](const Result<Record>& record) {
            reply(record ? answerWith(request, *record, 200) : failureOf(request, record.error()));
        });
}

void RecordsApi::remove(const Request& request, const Reply& reply) const
{
    m_context.writes.submit<Record>(
        [id = request.captures.first(),
         version = expectedVersion(request)](Transaction& transaction) -> Result<Record> {
            const protocol::Timestamp now = protocol::now();
            Result<Record> record = transaction.records().remove(id, version);
            if (!record)
                return record;
            const auto announced = transaction.announce(
                protocol::event_type::recordDeleted, QString(),
                {{QLatin1String("id"), id}, {QLatin1String("timestamp"), protocol::toIso(now)}}, now);
            if (!announced)
                return Failure(announced.error());
            return record;
        },
        [request, reply](const Result<Record>& record) {
            if (!record)
                return reply(failureOf(request, record.error()));
            reply(success(
                request, QJsonObject{{QLatin1String("id"), record->id},
                                     {QLatin1String("message"), QStringLiteral("The record was deleted.")}}));
        });
}

} // namespace prism::api
