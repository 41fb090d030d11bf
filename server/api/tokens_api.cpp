#include "server/api/tokens_api.h"

#include "server/api/object_body.h"
#include "server/store/tables/token_reader.h"
#include "shared/protocol/json_writer.h"

namespace prism::api {

using http::Reply;
using http::Request;
using http::Response;
using protocol::Error;
using protocol::ErrorCode;
using protocol::Failure;
using protocol::Result;
using protocol::Role;
using service::Encoded;

namespace {

Success made(const Encoded& token)
{
    return {token.json, 201, {{QByteArrayLiteral("Cache-Control"), QByteArrayLiteral("no-store")}}};
}

Success rotated(const Encoded& token)
{
    return {token.json, 200, {{QByteArrayLiteral("Cache-Control"), QByteArrayLiteral("no-store")}}};
}

Success revoked(const Encoded& id)
{
    return {id.json, 200, {}, QStringLiteral("Nobody signs in by this token any more.")};
}

/// What is remembered under a key would be the secret.
Result<void> refuseKey(const Request& request)
{
    if (!request.headers.contains("idempotency-key"))
        return {};
    return Failure(Error{ErrorCode::Validation,
                         QStringLiteral("The answer has a secret, which is told once."),
                         {QStringLiteral("Idempotency-Key: cannot be used here")}});
}

} // namespace

TokensApi::TokensApi(store::TokenBook& book, int most, const Reads& reads, const Writes& writes,
                     int maxJsonDepth, Routes& routes)
    : m_book(book)
    , m_reads(reads)
    , m_writes(writes)
    , m_maxJsonDepth(maxJsonDepth)
    , m_tokens(book, most)
{
    routes.add("GET", "/api/v1/auth/self", http::orLimited(Role::Somebody), *this, &TokensApi::self);
    routes.add("GET", "/api/v1/auth/tokens", Role::Admin, *this, &TokensApi::list);
    routes.add("POST", "/api/v1/auth/tokens", Role::Admin, *this, &TokensApi::create);
    routes.add("POST", "/api/v1/auth/tokens/{id}/rotate", Role::Admin, *this, &TokensApi::rotate);
    routes.add("DELETE", "/api/v1/auth/tokens/{id}", Role::Admin, *this, &TokensApi::revoke);
}

/// Whoever need not sign in may do everything.
Response TokensApi::self(const Request& request) const
{
    const store::TokenPtr token = m_book.find(request.user);
    const QJsonObject everybody{
        {QLatin1String("role"), QString(protocol::nameOf(protocol::roleNames, Role::Admin))}};
    Response response =
        success(request, protocol::writtenJson(token ? service::Tokens::described(*token) : everybody));
    response.addHeader("Cache-Control", "no-store");
    return response;
}

Result<void> TokensApi::list(const Request& request, const Reply& reply) const
{
    return m_reads.submit(request, reply, Effort::Bounded,
                          [request](const Reading& reading) -> Result<Response> {
                              store::TokenReader table(reading.numbers.database);
                              PRISM_TRY_ASSIGN(const Encoded list, service::Tokens::list(table));
                              return success(request, list.json);
                          });
}

Result<void> TokensApi::create(const Request& request, const Reply& reply) const
{
    PRISM_TRY(refuseKey(request));
    PRISM_TRY_ASSIGN(const service::NewToken wanted,
                     readObject(request, m_maxJsonDepth, QStringLiteral("The token is not valid."),
                                service::readNewToken));
    return m_writes.submit(request, reply, weightOf(request),
                           std::bind_front(&service::Tokens::create, m_tokens), wanted, made);
}

Result<void> TokensApi::rotate(const Request& request, const Reply& reply) const
{
    PRISM_TRY(refuseKey(request));
    PRISM_TRY_ASSIGN(service::Rotation wanted,
                     readObject(request, m_maxJsonDepth, QStringLiteral("The rotation is not valid."),
                                service::readRotation));
    wanted.id = request.captures.first();
    return m_writes.submit(request, reply, weightOf(request),
                           std::bind_front(&service::Tokens::rotate, m_tokens), wanted, rotated);
}

Result<void> TokensApi::revoke(const Request& request, const Reply& reply) const
{
    return m_writes.submit(request, reply, weightOf(request),
                           std::bind_front(&service::Tokens::revoke, m_tokens), request.captures.first(),
                           revoked);
}

} // namespace prism::api
