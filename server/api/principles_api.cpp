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

/// Of the version that comes with the program nobody knows since when it is.
http::Validator editionValidator(const Edition& edition)
{
    return edition.version > 0 ? validatorOf(edition.version, edition.createdAt)
                               : http::Validator{versionTag(0), {}};
}

Response encodedEdition(const Request& request, const Edition& edition)
{
    Response response{304, {}, {}};
    if (!hasAlready(request, editionValidator(edition)))
        response = success(request, encodeEdition(summaryOf(edition), edition.rules->document()));
    addValidator(response, editionValidator(edition));
    return response;
}

/// The rules as they are stored, for what a request requires of them.
Result<std::optional<http::Validator>> rulesNow(store::Transaction& transaction)
{
    PRISM_TRY_ASSIGN(const qint64 head, transaction.rules().head());
    if (head == 0)
        return http::Validator{versionTag(0), {}};
    PRISM_TRY_ASSIGN(const StoredRules& rules, transaction.rules().find(head));
    return validatorOf(rules.version, rules.createdAt);
}

} // namespace

PrinciplesApi::PrinciplesApi(store::ReadConnection& database, const RuleKeeping& keeping,
                             const Writes& writes, int maxJsonDepth, Routes& routes)
    : m_database(database)
    , m_keeping(keeping)
    , m_writes(writes)
    , m_maxJsonDepth(maxJsonDepth)
    , m_rules(keeping.book, keeping.versionsKept)
{
    routes.add("GET", "/api/v1/gateway/principles", Role::Viewer, *this, &PrinciplesApi::show);
    routes.add("PUT", "/api/v1/gateway/principles", Role::Admin, *this, &PrinciplesApi::replace);
    routes.add("GET", "/api/v1/gateway/principles/versions", Role::Viewer, *this, &PrinciplesApi::list);
    routes.add("GET", "/api/v1/gateway/principles/versions/{version}", Role::Viewer, *this,
               &PrinciplesApi::showVersion);
    routes.add("POST", "/api/v1/gateway/principles/versions/{version}/restore", Role::Admin, *this,
               &PrinciplesApi::restore);
}

Response PrinciplesApi::show(const Request& request) const
{
    return encodedEdition(request, m_keeping.book.current());
}

Result<void> PrinciplesApi::replace(const Request& request, const Reply& reply) const
{
    PRISM_TRY_ASSIGN(const QJsonObject body, protocol::parseObject(request.body, m_maxJsonDepth));
    PRISM_TRY_ASSIGN(const RuleSetPtr rules, RuleSet::make(body, m_keeping.limits));
    return adopt(request, reply, rules, std::nullopt);
}

Result<Response> PrinciplesApi::list(const Request& request) const
{
    PRISM_TRY_ASSIGN(const RuleSetPtr builtIn, rules::builtInRules());
    PRISM_TRY_ASSIGN(const auto& stored, store::RuleReader(m_database).list());
    const qint64 current = m_keeping.book.current().version;
    QList<QByteArray> versions;
    for (const StoredRules& each : stored)
        versions.append(encodeListed(each, current));
    versions.append(encodeListed(summaryOf({0, {}, {}, builtIn}), current));
    return wholeList(request, versions);
}

Result<Response> PrinciplesApi::showVersion(const Request& request) const
{
    PRISM_TRY_ASSIGN(const Edition& edition, find(request.captures.first()));
    return encodedEdition(request, edition);
}

Result<void> PrinciplesApi::restore(const Request& request, const Reply& reply) const
{
    PRISM_TRY_ASSIGN(const Edition edition, find(request.captures.first()));
    return adopt(request, reply, edition.rules, edition.version);
}

Result<Edition> PrinciplesApi::find(const QString& version) const
{
    bool isNumber = false;
    const qint64 number = version.toLongLong(&isNumber);
    if (!isNumber || number < 0)
        return Failure(Error{ErrorCode::NotFound, QStringLiteral("There is no such version of the rules.")});
    return service::readRules(m_database, number);
}

Result<void> PrinciplesApi::adopt(const Request& request, const Reply& reply, const RuleSetPtr& rules,
                                  std::optional<qint64> restoredFrom) const
{
    return m_writes.submit(request, reply, {1, 1, std::size_t(rules->document().size())},
                           std::bind_front(&service::Rules::adopt, m_rules),
                           service::RuleChange{rules, restoredFrom}, adopted, rulesNow);
}

} // namespace prism::api
