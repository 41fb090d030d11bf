#include "server/api/principles_api.h"

#include "server/api/answers.h"
#include "server/api/json_body.h"
#include "server/api/stored_rules.h"
#include "server/api/write_request.h"
#include "server/store/tables/rule_table.h"
#include "shared/protocol/json_writer.h"

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

QByteArray encodeUpdate(const StoredRules& summary)
{
    QByteArray text;
    JsonWriter json(text);
    json.beginObject();
    writeSummary(json, summary);
    json.field(QLatin1String("timestamp"), summary.createdAt);
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

Response tagged(Response response, qint64 version)
{
    response.addHeader("ETag", versionTag(version));
    return response;
}

} // namespace

PrinciplesApi::PrinciplesApi(const Context& context, http::Router& router)
    : m_context(context)
{
    router.add("GET", "/api/v1/gateway/principles", Role::Viewer, *this, &PrinciplesApi::show);
    router.add("PUT", "/api/v1/gateway/principles", Role::Admin, *this, &PrinciplesApi::replace);
    router.add("GET", "/api/v1/gateway/principles/versions", Role::Viewer, *this, &PrinciplesApi::list);
    router.add("GET", "/api/v1/gateway/principles/versions/{version}", Role::Viewer, *this,
               &PrinciplesApi::showVersion);
    router.add("POST", "/api/v1/gateway/principles/versions/{version}/restore", Role::Admin, *this,
               &PrinciplesApi::restore);
}

void PrinciplesApi::show(const Request& request, const Reply& reply) const
{
    const Edition edition = m_context.rules.book.current();
    if (hasAlready(request, versionTag(edition.version)))
        return reply(tagged(Response{304, {}, {}}, edition.version));
    reply(tagged(success(request, encodeEdition(summaryOf(edition), edition.rules->document())),
                 edition.version));
}

void PrinciplesApi::replace(const Request& request, const Reply& reply) const
{
    const Result<QJsonObject> body = parseObject(request.body, m_context.maxJsonDepth);
    if (!body)
        return reply(failure(request.id, body.error()));
    const Result<RuleSetPtr> rules = RuleSet::make(*body, m_context.rules.limits);
    if (!rules)
        return reply(failure(request.id, rules.error()));
    adopt(request, reply, *rules, std::nullopt);
}

void PrinciplesApi::list(const Request& request, const Reply& reply) const
{
    const Result<RuleSetPtr> builtIn = rules::builtInRules();
    const auto stored = store::RuleTable(m_context.database).list();
    if (!builtIn)
        return reply(failure(request.id, builtIn.error()));
    if (!stored)
        return reply(failure(request.id, stored.error()));
    const qint64 current = m_context.rules.book.current().version;
    QList<QByteArray> versions;
    for (const StoredRules& each : *stored)
        versions.append(encodeListed(each, current));
    versions.append(encodeListed(summaryOf({0, {}, {}, *builtIn}), current));
    reply(success(request, encodedList(versions)));
}

void PrinciplesApi::showVersion(const Request& request, const Reply& reply) const
{
    const Result<Edition> edition = find(request.captures.first());
    if (!edition)
        return reply(failure(request.id, edition.error()));
    reply(success(request, encodeEdition(summaryOf(*edition), edition->rules->document())));
}

void PrinciplesApi::restore(const Request& request, const Reply& reply) const
{
    const Result<Edition> edition = find(request.captures.first());
    if (!edition)
        return reply(failure(request.id, edition.error()));
    adopt(request, reply, edition->rules, edition->version);
}

Result<Edition> PrinciplesApi::find(const QString& version) const
{
    bool isNumber = false;
    const qint64 number = version.toLongLong(&isNumber);
    if (!isNumber || number < 0)
        return Failure(Error{ErrorCode::NotFound, QStringLiteral("There is no such version of the rules.")});
    return readRules(m_context.database, number);
}

/// The rules hold from when they are on disk, and that is before anybody hears of it.
void PrinciplesApi::adopt(const Request& request, const Reply& reply, const RuleSetPtr& rules,
                          std::optional<qint64> restoredFrom) const
{
    submitWrite(
        m_context, request, reply, {1, 1, std::size_t(rules->document().size())},
        [rules, restoredFrom, expected = expectedVersion(request), id = request.id,
         kept = m_context.rules.versionsKept,
         &book = m_context.rules.book](store::Transaction& transaction) -> Result<Response> {
            store::RuleTable table(transaction.database());
            const Result<qint64> head = table.head();
            if (!head)
                return Failure(head.error());
            if (expected && *expected != *head)
                return Failure(Error{ErrorCode::VersionConflict,
                                     QStringLiteral("The rules have version %1 by now.").arg(*head)});
            StoredRules next{0, protocol::now(), qint64(rules->principles().size()), restoredFrom,
                             rules->document()};
            const Result<StoredRules> added = table.add(next, kept);
            if (!added)
                return Failure(added.error());
            const auto announced = transaction.announce(protocol::event_type::principlesUpdated, QString(),
                                                        encodeUpdate(*added), added->createdAt);
            if (!announced)
                return Failure(announced.error());
            transaction.whenCommitted(
                [&book, edition = Edition{added->version, added->createdAt, restoredFrom, rules}] {
                    book.publish(edition);
                });
            return tagged(encodedSuccess(id, encodeEdition(*added, rules->document()), 200), added->version);
        });
}

} // namespace prism::api
