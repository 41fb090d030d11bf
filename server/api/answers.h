#pragma once

#include "server/http/request.h"
#include "shared/protocol/envelope.h"

#include <QJsonValue>

namespace prism::api {

/// The envelope around a success.
http::Response success(const http::Request& request, const QJsonValue& data, int status = 200,
                       const std::optional<protocol::Pagination>& pagination = {});

/// The same around data that is encoded already.
http::Response success(const http::Request& request, const QByteArray& dataJson);

/// The same, of any status and list, for an answer that is made where the request is not at hand.
http::Response encodedSuccess(const QString& requestId, const QByteArray& dataJson, int status,
                              const std::optional<protocol::Pagination>& pagination = {});

/// The envelope around a success that says something to a person too: a deletion, an acknowledgement.
QByteArray messageEnvelope(const QString& message, const QByteArray& dataJson, const QString& requestId,
                           protocol::Timestamp timestamp);

/// The answer made of it.
http::Response told(const http::Request& request, const QString& message, const QJsonObject& data);

/// A list that is answered whole: one page, which has all.
http::Response wholeList(const http::Request& request, const QList<QByteArray>& entries);

/// `[a,b,…]` of entries that are encoded already.
QByteArray encodedList(const QList<QByteArray>& entries);

/// The envelope around a failure, with the status of its code and, where trying again helps, Retry-After.
http::Response failure(const QString& requestId, const protocol::Error& error);

/// The same with a narrower status than the code's own.
http::Response failure(const QString& requestId, const protocol::Error& error, int status);

/// The same where trying again helps after so many seconds.
http::Response failureUntil(const QString& requestId, const protocol::Error& error, qint64 seconds);

/// What is answered where `answer` is what there is to say.
inline http::Response respond(const http::Request& /*request*/, http::Response answer)
{
    return answer;
}
inline http::Response respond(const http::Request& request, const QJsonObject& answer)
{
    return success(request, answer);
}
template <typename T>
http::Response respond(const http::Request& request, const T& answer)
{
    return success(request, toJson(answer));
}

/// The same, or the failure that there is instead.
template <typename T>
http::Response respond(const http::Request& request, const protocol::Result<T>& answer)
{
    return answer ? respond(request, *answer) : failure(request.id, answer.error());
}

} // namespace prism::api
