#include "server/api/body_rules.h"

#include "server/api/answers.h"
#include "server/api/json_body.h"
#include "server/http/gzip.h"

namespace prism::api {

using http::Request;
using http::Response;
using protocol::ErrorCode;

namespace {

bool takesBody(const http::Route& route)
{
    return route.method == "POST" || route.method == "PUT" || route.method == "PATCH";
}

bool isOfType(const Request& head, const http::Route& route)
{
    return route.body == http::Route::Body::File || isJson(head) ||
           (route.body == http::Route::Body::Bulk && isNdjson(head)) ||
           (route.body == http::Route::Body::Form && isForm(head));
}

} // namespace

bool hasBody(const Request& head)
{
    return head.headers.contains("transfer-encoding") || head.header("content-length").toLongLong() > 0;
}

QByteArray typesOf(const http::Route& route)
{
    switch (route.body) {
    case http::Route::Body::Bulk:
        return QByteArrayLiteral("application/json, application/x-ndjson");
    case http::Route::Body::File:
        return QByteArrayLiteral("*/*");
    case http::Route::Body::Form:
        return QByteArrayLiteral("application/json, application/x-www-form-urlencoded");
    case http::Route::Body::Ordinary:
        break;
    }
    return QByteArrayLiteral("application/json");
}

qint64 mostBytesOf(const http::Route& route, const http::Limits& limits)
{
    switch (route.body) {
    case http::Route::Body::Bulk:
        return limits.bulkBodyBytes;
    case http::Route::Body::File:
        return limits.fileBytes;
    case http::Route::Body::Form:
    case http::Route::Body::Ordinary:
        break;
    }
    return limits.bodyBytes;
}

QByteArray typesField(const QByteArray& method)
{
    return method == "PATCH"  ? QByteArrayLiteral("Accept-Patch")
           : method == "POST" ? QByteArrayLiteral("Accept-Post")
                              : QByteArrayLiteral("Accept");
}

std::optional<Response> refusalOfBody(const Request& head)
{
    const http::Route& route = *head.route;
    if (takesBody(route) && !isOfType(head, route)) {
        Response response = failure(
            head.id,
            {ErrorCode::BadFormat,
             QStringLiteral("The body's type is not known here."),
             {QStringLiteral("Content-Type: must be ") +
              QString::fromLatin1(typesOf(route)).replace(QLatin1String(", "), QLatin1String(" or ")) +
              QStringLiteral(", in UTF-8")}},
            415);
        response.addHeader(typesField(route.method), typesOf(route));
        return response;
    }
    if (http::codingOf(head.header("content-encoding")) != http::Coding::Unknown)
        return std::nullopt;
    Response response = failure(head.id,
                                {ErrorCode::BadFormat,
                                 QStringLiteral("The body's coding is not known here."),
                                 {QStringLiteral("Content-Encoding: must be gzip or identity")}},
                                415);
    response.addHeader("Accept-Encoding", "gzip, identity");
    return response;
}

} // namespace prism::api
