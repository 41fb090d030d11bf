#include "server/api/upgrade.h"

#include "server/api/answers.h"

#include <algorithm>

namespace prism::api {

using http::Request;
using http::Response;
using protocol::ErrorCode;

namespace {

constexpr int firstWithUpgrades = 11; // HTTP/1.1; an Upgrade of an older one is to be ignored

/// Whether a list, in whatever case and over however many fields, has the token (RFC 9110, section 5.6.1).
bool fieldLists(const Request& head, QByteArrayView field, QByteArrayView token)
{
    const QList<QByteArray> entries = head.header(field).toLower().split(',');
    return std::any_of(entries.begin(), entries.end(),
                       [token](const QByteArray& entry) { return entry.trimmed() == token; });
}

/// Sixteen bytes in the one way of writing them.
bool isKey(const QByteArray& key)
{
    constexpr qsizetype keySize = 16;
    const auto decoded = QByteArray::fromBase64Encoding(key, QByteArray::AbortOnBase64DecodingErrors);
    return decoded && decoded.decoded.size() == keySize && decoded.decoded.toBase64() == key;
}

bool bringsBody(const Request& head)
{
    const bool isEmpty = !head.headers.contains("content-length") || head.header("content-length") == "0";
    return !isEmpty || head.headers.contains("transfer-encoding");
}

Response notComplete(const Request& head, const QString& why)
{
    return failure(
        head.id,
        {ErrorCode::Validation, QStringLiteral("The WebSocket upgrade request is not valid."), {why}});
}

/// With the field that says what would be right.
Response upgradeRequired(const Request& head, const QString& why, const QByteArray& name,
                         const QByteArray& value)
{
    constexpr int status = 426;
    Response response = failure(head.id, {ErrorCode::Validation, why, {}}, status);
    response.addHeader(name, value);
    return response;
}

} // namespace

std::variant<realtime::UpgradeRequest, Response> readUpgrade(const Request& head)
{
    const bool asks =
        head.method == "GET" && head.version >= firstWithUpgrades && fieldLists(head, "upgrade", "websocket");
    if (!asks)
        return upgradeRequired(head, QStringLiteral("This address is for WebSocket: ask for an upgrade."),
                               "Upgrade", "websocket");
    if (head.header("sec-websocket-version") != "13")
        return upgradeRequired(head, QStringLiteral("The only WebSocket version known here is 13."),
                               "Sec-WebSocket-Version", "13");
    if (!fieldLists(head, "connection", "upgrade"))
        return notComplete(head, QStringLiteral("Connection: must have upgrade in its list"));
    const QByteArray key = head.header("sec-websocket-key");
    if (!isKey(key))
        return notComplete(head, QStringLiteral("Sec-WebSocket-Key: must be 16 bytes in Base64"));
    if (bringsBody(head))
        return notComplete(head, QStringLiteral("body: there can be none"));
    return realtime::UpgradeRequest{key, head.query.encoded(), {}};
}

} // namespace prism::api
