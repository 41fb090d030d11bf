#include "server/api/write_request.h"

#include "server/api/answers.h"

#include <QCryptographicHash>

#include <algorithm>

namespace prism::api {

using http::Request;
using http::Response;
using protocol::Error;
using protocol::ErrorCode;
using protocol::Failure;
using protocol::Result;
using store::Transaction;

namespace {

/// A request as the memory of answers knows it.
struct Identity
{
    QByteArray key;     ///< of caller, method, path and Idempotency-Key
    QByteArray request; ///< of the body
    QString id;
};

bool isGoodKey(const QByteArray& key)
{
    constexpr qsizetype longest = 255;
    return !key.isEmpty() && key.size() <= longest &&
           std::all_of(key.begin(), key.end(), [](char c) { return c > ' ' && c <= '~'; });
}

Identity identityOf(const Request& request, const QByteArray& key)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const QByteArray& part : {request.method, request.path.toUtf8(), key}) {
        hash.addData(part);
        hash.addData(QByteArray(1, '\0'));
    }
    return {hash.result(), QCryptographicHash::hash(request.body, QCryptographicHash::Sha256), request.id};
}

QByteArray encodeHeaders(const http::Headers& headers)
{
    QByteArray lines;
    for (const auto& [name, value] : headers)
        lines += name + ": " + value + '\n';
    return lines;
}

Response responseOf(const store::StoredAnswer& answer)
{
    Response response;
    response.status = answer.status;
    response.body = answer.body;
    const QList<QByteArray> lines = answer.headers.split('\n');
    for (const QByteArray& line : lines) {
        const qsizetype colon = line.indexOf(": ");
        if (colon > 0)
            response.addHeader(line.left(colon), line.mid(colon + 2));
    }
    return response;
}

Response otherRequest(const QString& requestId)
{
    constexpr int unprocessable = 422;
    return failure(requestId,
                   {ErrorCode::Validation,
                    QStringLiteral("This Idempotency-Key was used for another request."),
                    {QStringLiteral("Idempotency-Key: was sent before with another body")}},
                   unprocessable);
}

Result<Response> answerOnce(Transaction& transaction, const Identity& identity,
                            std::chrono::milliseconds remembered, const WriteWork& work)
{
    const protocol::Timestamp now = protocol::now();
    const auto known = transaction.answers().find(identity.key, now - remembered);
    if (!known)
        return Failure(known.error());
    if (*known)
        return (*known)->request == identity.request ? responseOf(**known) : otherRequest(identity.id);
    Result<Response> response = work(transaction);
    if (!response)
        return response;
    const auto stored = transaction.answers().remember(
        identity.key, {identity.request, response->status, encodeHeaders(response->headers), response->body},
        now);
    if (!stored)
        return Failure(stored.error());
    return response;
}

} // namespace

void submitWrite(const Context& context, const Request& request, const http::Reply& reply,
                 const store::Weight& weight, WriteWork work)
{
    if (request.headers.contains("idempotency-key")) {
        const QByteArray key = request.header("idempotency-key");
        if (!isGoodKey(key))
            return reply(
                failure(request.id,
                        {ErrorCode::Validation,
                         QStringLiteral("The Idempotency-Key is not valid."),
                         {QStringLiteral("Idempotency-Key: must be 1 to 255 visible ASCII characters")}}));
        work = [identity = identityOf(request, key), remembered = context.answersRemembered,
                once = std::move(work)](Transaction& transaction) {
            return answerOnce(transaction, identity, remembered, once);
        };
    }
    context.writes.submit<Response>(
        std::move(work),
        [id = request.id, conditional = request.headers.contains("if-match"),
         reply](Result<Response> response) {
            if (response)
                return reply(std::move(*response));
            const Error& error = response.error();
            reply(conditional && error.code == ErrorCode::VersionConflict ? failure(id, error, 412)
                                                                          : failure(id, error));
        },
        weight);
}

} // namespace prism::api
