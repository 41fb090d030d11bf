#include "server/api/principles_api.h"

#include "server/api/answers.h"
#include "server/api/json_body.h"
#include "server/store/tables/rule_reader.h"
#include "shared/protocol/json_writer.h"
#include "shared/protocol/try.h"

namespace prism::api {

using http::Reply;
using http::Request;
using http::Response;
using protocol::Error;
using protocol::ErrorCode;
using protocol::Failure;
using protocol::JsonWriter;
using protocol::Result;
using protocol::Role;
using rules::Edition;
using rules::RuleSet;
using rules::RuleSetPtr;
using store::StoredRules;

namespace {

StoredRules summaryOf(const Edition& edition)
{
    return {edition.version, edition.createdAt, qint64(edition.rules->principles().size()),
            edition.restoredFrom};
}

void writeSummary(JsonWriter& json, const StoredRules& rules)
{
    json.field(QLatin1String("version"), rules.version);
    json.field(QLatin1String("builtIn"), rules.version == 0);
    if (rules.version > 0)
        json.field(QLatin1String("createdAt"), rules.createdAt);
    if (rules.restoredFrom)
        json.field(QLatin1String("restoredFrom"), *rules.restoredFrom);
    json.field(QLatin1String("principles"), rules.principles);
}

QByteArray encodeEdition(const StoredRules& summary, const QByteArray& document)
{
    QByteArray text;
    JsonWriter json(text);
    json.beginObject();
    writeSummary(json, summary);
    json.key(QLatin1String("rules"));
    json.raw(document);
    json.endObject();
    return text;
}

QByteArray encodeListed(const StoredRules& summary, qint64 current)
{
    QByteArray text;
    JsonWriter json(text);
    json.beginObject();
    writeSummary(json, summary);
    json.field(QLatin1String("current"), summary.version == current);
    json.endObject();
    return text;
}

Success adopted(const service::AdoptedRules& rules)
{
    return {encodeEdition(rules.stored, rules.stored.document),
            200,
            {{QByteArrayLiteral("ETag"), versionTag(rules.stored.version)}}};
}

Result<qint64> versionIn(const Request& request)
{
    bool isNumber = false;
    const qint64 version = request.captures.first().toLongLong(&isNumber);
    if (!isNumber || version < 0)
        return Failure(Error{ErrorCode::NotFound, QStringLiteral("There is no such version of the rules.")});
    return version;
}

/// Of the version that comes with the program nobody knows since when it is.
http::Validator rulesValidator(qint64 version, protocol::Timestamp createdAt)
{
    return version > 0 ? validatorOf(version, createdAt) : http::Validator{versionTag(0), {}};
}

Response tagged(Response response, const http::Validator& validator)
{
    addValidator(response, validator);
    return response;
}

/// The rules as they are stored, for what a request requires of them.
Result<std::optional<http::Validator>> rulesNow(store::Transaction& transaction)
{
    PRISM_TRY_ASSIGN(const qint64 head, transaction.rules().head());
    if (head == 0)
        return rulesValidator(0, {});
    PRISM_TRY_ASSIGN(const StoredRules& rules, transaction.rules().find(head));
    return rulesValidator(head, rules.createdAt);
}

} // namespace

PrinciplesApi::PrinciplesApi(const Reads& reads, const RuleKeeping& keeping, const Writes& writes,
                             int maxJsonDepth, Routes& routes)
    : m_reads(reads)
    , m_keeping(keeping)
    , m_writes(writes)
    , m_maxJsonDepth(maxJsonDepth)
    , m_rules(keeping.book, keeping.versionsKept)
{
    routes.add("GET", "/api/v1/gateway/principles", http::orLimited(Role::Viewer), *this,
               &PrinciplesApi::show);
    routes.add("PUT", "/api/v1/gateway/principles", Role::Admin, *this, &PrinciplesApi::replace);
    routes.add("GET", "/api/v1/gateway/principles/versions", http::orLimited(Role::Viewer), *this,
               &PrinciplesApi::list);
    routes.add("GET", "/api/v1/gateway/principles/versions/{version}", http::orLimited(Role::Viewer), *this,
               &PrinciplesApi::showVersion);
    routes.add("POST", "/api/v1/gateway/principles/versions/{version}/restore", Role::Admin, *this,
               &PrinciplesApi::restore);
}

Result<void> PrinciplesApi::show(const Request& request, const Reply& reply) const
{
    const Edition edition = m_keeping.book.current();
    const http::Validator validator = rulesValidator(edition.version, edition.createdAt);
    if (hasAlready(request, validator)) {
        reply(tagged(Response{304, {}, {}}, validator));
        return {};
    }
    if (edition.rules) {
        reply(tagged(success(request, encodeEdition(summaryOf(edition), edition.rules->document())),
                     validator));
        return {};
    }
    return m_reads.submit(
        request, reply, Effort::Bounded,
        [request, validator, version = edition.version](const Reading& reading) -> Result<Response> {
            PRISM_TRY_ASSIGN(const auto& stored, service::storedRules(reading.numbers.database, version));
            return tagged(success(request, encodeEdition(stored, stored.document)), validator);
        });
}

/// The compiling is what takes long.
Result<void> PrinciplesApi::replace(const Request& request, const Reply& reply) const
{
    return m_reads.submit(
        request, reply, Effort::Open, [this, request, reply](Reading& reading) -> Result<void> {
            PRISM_TRY_ASSIGN(const QJsonObject body, protocol::parseObject(request.body, m_maxJsonDepth));
            PRISM_TRY_ASSIGN(const RuleSetPtr rules,
                             RuleSet::make(body, m_keeping.limits,
                                           [&patience = reading.patience] { return patience.isOver(); }));
            return adopt(request, reply, rules, std::nullopt);
        });
}

Result<void> PrinciplesApi::list(const Request& request, const Reply& reply) const
{
    const qint64 current = m_keeping.book.current().version;
    return m_reads.submit(request, reply, Effort::Bounded,
                          [request, current](const Reading& reading) -> Result<Response> {
                              store::ReadConnection& database = reading.numbers.database;
                              PRISM_TRY_ASSIGN(const auto& stored, store::RuleReader(database).list());
                              PRISM_TRY_ASSIGN(const StoredRules& builtIn, service::storedRules(database, 0));
                              QList<QByteArray> versions;
                              for (const StoredRules& each : stored)
                                  versions.append(encodeListed(each, current));
                              versions.append(encodeListed(builtIn, current));
                              return wholeList(request, versions);
                          });
}

Result<void> PrinciplesApi::showVersion(const Request& request, const Reply& reply) const
{
    PRISM_TRY_ASSIGN(const qint64 version, versionIn(request));
    return m_reads.submit(
        request, reply, Effort::Bounded, [request, version](const Reading& reading) -> Result<Response> {
            PRISM_TRY_ASSIGN(const auto& stored, service::storedRules(reading.numbers.database, version));
            return tagged(success(request, encodeEdition(stored, stored.document)),
                          rulesValidator(stored.version, stored.createdAt));
        });
}

Result<void> PrinciplesApi::restore(const Request& request, const Reply& reply) const
{
    PRISM_TRY_ASSIGN(const qint64 version, versionIn(request));
    return m_reads.submit(
        request, reply, Effort::Open, [this, request, reply, version](Reading& reading) -> Result<void> {
            PRISM_TRY_ASSIGN(const auto& stored, service::storedRules(reading.numbers.database, version));
            PRISM_TRY_ASSIGN(
                const Edition& edition,
                service::compiled(stored, [&patience = reading.patience] { return patience.isOver(); }));
            return adopt(request, reply, edition.rules, version);
        });
}

Result<void> PrinciplesApi::adopt(const Request& request, const Reply& reply, const RuleSetPtr& rules,
                                  std::optional<qint64> restoredFrom) const
{
    return m_writes.submit(request, reply, {1, 1, std::size_t(rules->document().size())},
                           std::bind_front(&service::Rules::adopt, m_rules),
                           service::RuleChange{rules, restoredFrom}, adopted, rulesNow);
}

} // namespace prism::api
