#include "server/api/answers.h"

#include "shared/protocol/json_writer.h"

#include <algorithm>

namespace prism::api {

http::Response success(const http::Request& request, const QJsonValue& data, int status,
                       const std::optional<protocol::Pagination>& pagination)
{
    http::Response response;
    response.status = status;
    response.body = protocol::successEnvelope(data, request.id, protocol::now(), pagination);
    return response;
}

http::Response success(const http::Request& request, const QByteArray& dataJson)
{
    http::Response response;
    response.body = protocol::successEnvelope(dataJson, request.id, protocol::now());
    return response;
}

http::Response encodedSuccess(const QString& requestId, const QByteArray& dataJson, int status,
                              const std::optional<protocol::Pagination>& pagination)
{
    http::Response response;
    response.status = status;
    response.body = protocol::successEnvelope(dataJson, requestId, protocol::now(), pagination);
    return response;
}

QByteArray messageEnvelope(const QString& message, const QByteArray& dataJson, const QString& requestId,
                           protocol::Timestamp timestamp)
{
    return protocol::toldEnvelope(QLatin1String("message"), message, dataJson, requestId, timestamp);
}

http::Response told(const http::Request& request, const QString& message, const QJsonObject& data)
{
    http::Response response;
    response.body = messageEnvelope(message, protocol::writtenJson(data), request.id, protocol::now());
    return response;
}

http::Response wholeList(const http::Request& request, const QList<QByteArray>& entries)
{
    const protocol::Pagination pagination{1, std::max(1, int(entries.size())), entries.size()};
    return encodedSuccess(request.id, encodedList(entries), 200, pagination);
}

QByteArray encodedList(const QList<QByteArray>& entries)
{
    return '[' + entries.join(',') + ']';
}

http::Response failure(const QString& requestId, const protocol::Error& error)
{
    return failure(requestId, error, protocol::httpStatus(error.code));
}

http::Response failure(const QString& requestId, const protocol::Error& error, int status)
{
    http::Response response;
    response.status = status;
    response.body = protocol::failureEnvelope(error, requestId, protocol::now());
    if (error.code == protocol::ErrorCode::Unavailable || error.code == protocol::ErrorCode::RateLimit)
        response.addHeader("Retry-After", "1");
    return response;
}

http::Response failureUntil(const QString& requestId, const protocol::Error& error, qint64 seconds)
{
    http::Response response = failure(requestId, error);
    response.headers = {{"Retry-After", QByteArray::number(std::max<qint64>(seconds, 1))}};
    return response;
}

} // namespace prism::api
