#include "server/api/json_body.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QStringDecoder>

#include <algorithm>

namespace prism::api {

using protocol::Error;
using protocol::ErrorCode;
using protocol::Failure;
using protocol::Result;

namespace {

Failure notJson(const QString& why)
{
    return Failure(Error{ErrorCode::NotJson, QStringLiteral("The body is not valid JSON."), {why}});
}

/// QJsonDocument's own limit of 1,024 is fixed, so brackets are counted first.
bool isDeeperThan(const QByteArray& text, int maxDepth)
{
    int depth = 0;
    bool inString = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (inString) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                inString = false;
        } else if (c == '"') {
            inString = true;
        } else if (c == '{' || c == '[') {
            if (++depth > maxDepth)
                return true;
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return false;
}

bool isUtf8(const QByteArray& text)
{
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString decoded = decoder(text);
    return !decoder.hasError() && !decoded.isNull();
}

BulkBody parseLines(const QByteArray& text, int maxDepth, std::size_t maxEntries)
{
    BulkBody body;
    const QList<QByteArray> lines = text.split('\n');
    for (qsizetype i = 0; i < lines.size() && body.entries.size() <= maxEntries; ++i) {
        const QByteArray line = lines[i].trimmed();
        if (line.isEmpty())
            continue;
        const QString place = QStringLiteral("line %1").arg(i + 1);
        const Result<QJsonObject> object = parseObject(line, maxDepth);
        if (object)
            body.entries.push_back({place, *object});
        else
            body.problems.add(object.error().code, place, object.error().details.join(QStringLiteral("; ")));
    }
    return body;
}

BulkBody parseArray(const QJsonArray& array)
{
    BulkBody body;
    for (qsizetype i = 0; i < array.size(); ++i) {
        const QString place = QStringLiteral("[%1]").arg(i);
        if (array[i].isObject())
            body.entries.push_back({place, array[i].toObject()});
        else
            body.problems.add(ErrorCode::BadFormat, place, QStringLiteral("must be an object"));
    }
    return body;
}

} // namespace

Result<QJsonValue> parseJson(const QByteArray& text, int maxDepth)
{
    if (text.trimmed().isEmpty())
        return notJson(QStringLiteral("the body is empty"));
    if (!isUtf8(text))
        return notJson(QStringLiteral("the body is not UTF-8"));
    if (isDeeperThan(text, maxDepth))
        return notJson(QStringLiteral("the body is nested more than %1 deep").arg(maxDepth));
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(text, &problem);
    if (problem.error != QJsonParseError::NoError)
        return notJson(QStringLiteral("%1 at byte %2").arg(problem.errorString()).arg(problem.offset));
    return document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
}

Result<QJsonObject> parseObject(const QByteArray& text, int maxDepth)
{
    const Result<QJsonValue> value = parseJson(text, maxDepth);
    if (!value)
        return Failure(value.error());
    if (!value->isObject())
        return Failure(Error{ErrorCode::BadFormat,
                             QStringLiteral("The body must be a JSON object."),
                             {QStringLiteral("must be a JSON object")}});
    return value->toObject();
}

Result<BulkBody> parseBulk(const http::Request& request, int maxDepth, std::size_t maxEntries)
{
    BulkBody body;
    if (isNdjson(request)) {
        body = parseLines(request.body, maxDepth, maxEntries);
    } else {
        const Result<QJsonValue> value = parseJson(request.body, maxDepth + 1);
        if (!value)
            return Failure(value.error());
        if (value->isObject())
            return BulkBody{true, {{QString(), value->toObject()}}, {}};
        body = parseArray(value->toArray());
    }
    if (body.entries.size() > maxEntries)
        return Failure(Error{ErrorCode::TooLong,
                             QStringLiteral("At most %1 entries are allowed in one request.").arg(maxEntries),
                             {QStringLiteral("body: has more than %1 entries").arg(maxEntries)}});
    if (body.entries.empty() && body.problems.isEmpty())
        return Failure(Error{ErrorCode::Validation,
                             QStringLiteral("The body has no entries."),
                             {QStringLiteral("body: must have at least one entry")}});
    return body;
}

bool isNdjson(const http::Request& request)
{
    return request.header("content-type").toLower().startsWith("application/x-ndjson");
}

} // namespace prism::api
