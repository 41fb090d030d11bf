#include "server/api/pairings_api.h"

#include "server/api/object_body.h"
#include "server/http/address_key.h"
#include "shared/protocol/json_writer.h"

#include <QJsonArray>

namespace prism::api {

using http::Reply;
using http::Request;
using http::Response;
using protocol::Result;
using protocol::Role;
using service::Pairings;

namespace {

QJsonObject described(const Pairings::Waiting& pairing)
{
    return {{QLatin1String("id"), pairing.id},
            {QLatin1String("name"), pairing.name},
            {QLatin1String("address"), pairing.address},
            {QLatin1String("createdAt"), protocol::toIso(pairing.since)},
            {QLatin1String("expiresAt"), protocol::toIso(pairing.until)}};
}

/// What is told once is kept by nobody on the way.
Response secretly(const Request& request, const QByteArray& data, int status)
{
    Response response = success(request, data);
    response.status = status;
    response.addHeader("Cache-Control", "no-store");
    return response;
}

Success letIn(const service::Encoded& pairing)
{
    return {pairing.json, 200, {}, QStringLiteral("The dashboard collects its token by itself.")};
}

QString readName(protocol::ObjectReader& reader)
{
    constexpr qsizetype longest = 100;
    return reader.text(QLatin1String("name"), protocol::Presence::Required, longest).value_or(QString());
}

QByteArray readSecret(protocol::ObjectReader& reader)
{
    constexpr qsizetype longest = 100;
    return reader.text(QLatin1String("pollSecret"), protocol::Presence::Required, longest)
        .value_or(QString())
        .toLatin1();
}

} // namespace

PairingsApi::PairingsApi(Pairings& waiting, const service::Tokens& tokens, const Writes& writes,
                         int maxJsonDepth, Routes& routes)
    : m_waiting(waiting)
    , m_writes(writes)
    , m_maxJsonDepth(maxJsonDepth)
    , m_pairing(waiting, tokens)
{
    routes.add("POST", "/api/v1/auth/pairings", Role::Anyone, *this, &PairingsApi::begin);
    routes.add("POST", "/api/v1/auth/pairings/{id}/collect", Role::Anyone, *this, &PairingsApi::collect);
    routes.add("GET", "/api/v1/auth/pairings", Role::Admin, *this, &PairingsApi::list);
    routes.add("POST", "/api/v1/auth/pairings/approve", Role::Admin, *this, &PairingsApi::approve);
}

Result<Response> PairingsApi::begin(const Request& request) const
{
    PRISM_TRY_ASSIGN(const QString name, readObject(request, m_maxJsonDepth,
                                                    QStringLiteral("The pairing is not valid."), readName));
    PRISM_TRY_ASSIGN(
        const Pairings::Begun begun,
        m_waiting.begin(name, request.peer.toString(), http::addressShareOf(request.peer), protocol::now()));
    QJsonObject json = described(begun.pairing);
    json.insert(QLatin1String("code"), begun.code);
    json.insert(QLatin1String("pollSecret"), QString::fromLatin1(begun.secret));
    return secretly(request, protocol::writtenJson(json), 201);
}

/// 202 for one that waits.
Result<Response> PairingsApi::collect(const Request& request) const
{
    PRISM_TRY_ASSIGN(
        const QByteArray secret,
        readObject(request, m_maxJsonDepth, QStringLiteral("The pairing is not valid."), readSecret));
    PRISM_TRY_ASSIGN(const std::optional<QByteArray> token,
                     m_waiting.collect(request.captures.first(), secret, protocol::now()));
    constexpr int accepted = 202;
    return token ? secretly(request, *token, 200) : secretly(request, "{\"waiting\":true}", accepted);
}

Response PairingsApi::list(const Request& request) const
{
    QJsonArray list;
    for (const Pairings::Waiting& pairing : m_waiting.waiting(protocol::now()))
        list.append(described(pairing));
    return success(request, protocol::writtenJson(QJsonObject{{QLatin1String("pairings"), list}}));
}

Result<void> PairingsApi::approve(const Request& request, const Reply& reply) const
{
    PRISM_TRY_ASSIGN(const service::Approval approval,
                     readObject(request, m_maxJsonDepth, QStringLiteral("The approval is not valid."),
                                service::readApproval));
    return m_writes.submit(request, reply, weightOf(request),
                           std::bind_front(&service::Pairing::approve, m_pairing), approval, letIn);
}

} // namespace prism::api
