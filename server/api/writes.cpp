#include "server/api/writes.h"

#include "server/api/answers.h"

#include <QCryptographicHash>

#include <algorithm>

namespace prism::api {

using http::Request;
using http::Response;
using protocol::Error;
using protocol::ErrorCode;
using protocol::Failure;
using service::Asking;
using service::Repeatable;

namespace {

bool isGoodKey(const QByteArray& key)
{
    constexpr qsizetype longest = 255;
    return !key.isEmpty() && key.size() <= longest &&
           std::all_of(key.begin(), key.end(), [](char c) { return c > ' ' && c <= '~'; });
}

/// A name is the caller's own for each method, path and query: what is asked differently there, or by another
/// user, is another request. Without a query or a user the hash is what it always was, as those are
/// remembered over an upgrade.
QByteArray nameOf(const Request& request, const QByteArray& key)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    const auto add = [&hash](const QByteArray& part) {
        hash.addData(part);
        hash.addData(QByteArray(1, '\0'));
    };
    for (const QByteArray& part : {request.method, request.path.toUtf8(), key})
        add(part);
    if (const QByteArray& query = request.query.encoded(); !query.isEmpty())
        add(query);
    if (!request.user.isEmpty())
        add("user " + request.user.toUtf8());
    return hash.result();
}

} // namespace

store::Weight weightOf(const Request& request, store::Weight kept)
{
    kept.bytes = std::max(kept.bytes, std::size_t(request.body.size()));
    return kept;
}

service::Actor Writes::actorOf(const Request& request)
{
    using Kind = service::Actor::Kind;
    return {request.user.isEmpty() ? Kind::LocalPerson : Kind::Token, request.peer, request.user, request.id,
            request.reach};
}

protocol::Result<Asking> Writes::askingOf(const Request& request) const
{
    if (!request.headers.contains("idempotency-key"))
        return Asking{request.id};
    const QByteArray key = request.header("idempotency-key");
    if (!isGoodKey(key))
        return Failure(Error{ErrorCode::Validation,
                             QStringLiteral("The Idempotency-Key is not valid."),
                             {QStringLiteral("Idempotency-Key: must be 1 to 255 visible ASCII characters")}});
    return Asking{request.id, Repeatable{nameOf(request, key),
                                         QCryptographicHash::hash(request.body, QCryptographicHash::Sha256),
                                         m_remembered}};
}

Response Writes::otherRequest(const QString& requestId)
{
    constexpr int unprocessable = 422;
    return failure(requestId,
                   {ErrorCode::Validation,
                    QStringLiteral("This Idempotency-Key was used for another request."),
                    {QStringLiteral("Idempotency-Key: was sent before with another body")}},
                   unprocessable);
}

Response Writes::enveloped(Success success, const QString& requestId, protocol::Timestamp at)
{
    Response response;
    response.status = success.status;
    response.body = success.message.isEmpty() ? protocol::successEnvelope(success.data, requestId, at)
                                              : messageEnvelope(success.message, success.data, requestId, at);
    response.headers = std::move(success.headers);
    return response;
}

} // namespace prism::api
