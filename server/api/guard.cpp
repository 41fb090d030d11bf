#include "server/api/guard.h"

#include "server/api/answers.h"
#include "server/http/http_date.h"
#include "server/http/router.h"
#include "shared/protocol/try.h"

#include <QCryptographicHash>

namespace prism::api {

using http::Answer;
using http::Preconditions;
using http::Reply;
using http::Request;
using http::Response;
using http::Validator;
using protocol::Error;
using protocol::ErrorCode;
using protocol::Result;

namespace {

using Outcome = Preconditions::Outcome;

constexpr int preconditionFailed = 412;

Error conditionFailed(const std::optional<Validator>& current)
{
    Error error{ErrorCode::VersionConflict,
                QStringLiteral("This is not in the state that the request requires."),
                {}};
    if (current && !current->tag.isEmpty())
        error.details.append(QStringLiteral("ETag: is %1").arg(QString::fromLatin1(current->tag)));
    return error;
}

Validator validatorOfAnswer(const Response& response)
{
    Validator validator;
    for (const auto& [name, value] : response.headers) {
        if (name == "ETag")
            validator.tag = value;
        else if (name == "Last-Modified")
            validator.modified = http::fromHttpDate(value);
    }
    return validator;
}

/// RFC 9110, section 15.4.5.
Response notModified(const Response& whole)
{
    Response response{304, {}, {}};
    for (const auto& [name, value] : whole.headers) {
        if (name == "ETag" || name == "Cache-Control" || name == "Last-Modified" || name == "Vary")
            response.addHeader(name, value);
    }
    return response;
}

/// What would not have been a success is answered as it is (RFC 9110, section 13.2.1).
Response judged(Response whole, const Preconditions& conditions, const QString& requestId)
{
    if (whole.status != 200)
        return whole;
    const Validator validator = validatorOfAnswer(whole);
    switch (conditions.evaluate(validator, true)) {
    case Outcome::NotModified:
        return notModified(whole);
    case Outcome::Failed:
        return failure(requestId, conditionFailed(validator), preconditionFailed);
    case Outcome::Hold:
        break;
    }
    return whole;
}

} // namespace

Guard::Guard(const Request& request, CurrentState current)
    : m_current(std::move(current))
    , m_isReadable(request.route != nullptr && request.route->isReadable)
{
    if (request.headers.haveConditions())
        m_conditions = std::make_shared<Conditions>(Conditions{Preconditions(request.headers), false});
}

Result<void> Guard::check(store::Transaction& transaction) const
{
    if (!m_conditions)
        return {};
    if (!m_current)
        return check(m_isReadable ? std::optional(Validator{}) : std::nullopt);
    PRISM_TRY_ASSIGN(const auto current, m_current(transaction));
    return check(current);
}

/// What failed later, with a whole group of writes, is told instead of what was refused.
int Guard::statusOf(const Error& error) const
{
    const bool isOwn = m_conditions && m_conditions->hasRefused && error.code == ErrorCode::VersionConflict;
    return isOwn ? preconditionFailed : protocol::httpStatus(error.code);
}

std::optional<Response> Guard::refusalUnstored(const QString& requestId) const
{
    if (!m_conditions || check(std::nullopt))
        return std::nullopt;
    return failure(requestId, conditionFailed(std::nullopt), preconditionFailed);
}

Result<void> Guard::check(const std::optional<Validator>& current) const
{
    m_conditions->hasRefused = m_conditions->preconditions.evaluate(current, false) != Outcome::Hold;
    if (!m_conditions->hasRefused)
        return {};
    return protocol::Failure(conditionFailed(current));
}

Reply Guard::over(const Request& request, const Reply& reply)
{
    if (!request.headers.haveConditions())
        return reply;
    return [reply, conditions = Preconditions(request.headers), id = request.id](Answer answer) {
        const qsizetype bytes = answer.bytes();
        reply(Answer([answer = std::move(answer), conditions,
                      id]() mutable { return judged(answer.take(), conditions, id); },
                     bytes));
    };
}

QByteArray versionTag(qint64 version)
{
    return '"' + QByteArray::number(version) + '"';
}

QByteArray contentTag(const QByteArray& content)
{
    constexpr qsizetype enough = 16; // bytes: no two contents of one address will share them
    return '"' + QCryptographicHash::hash(content, QCryptographicHash::Sha256).first(enough).toHex() + '"';
}

Validator validatorOf(qint64 version, protocol::Timestamp modified)
{
    return {versionTag(version), std::chrono::floor<std::chrono::seconds>(modified)};
}

void addValidator(Response& response, const Validator& validator)
{
    response.addHeader(QByteArrayLiteral("ETag"), validator.tag);
    if (validator.modified)
        response.addHeader(QByteArrayLiteral("Last-Modified"), http::httpDate(*validator.modified));
    response.addHeader(QByteArrayLiteral("Cache-Control"), QByteArrayLiteral("private, no-cache"));
}

Response tagged(Response response, const QByteArray& tag)
{
    addValidator(response, {tag, {}});
    return response;
}

bool hasAlready(const Request& request, const Validator& validator)
{
    return request.headers.haveConditions() &&
           Preconditions(request.headers).evaluate(validator, true) == Outcome::NotModified;
}

} // namespace prism::api
