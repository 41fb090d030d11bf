#include "server/api/json_body.h"

#include "shared/protocol/json_scan.h"
#include "shared/protocol/json_slices.h"
#include "shared/protocol/try.h"

#include <QJsonArray>

#include <algorithm>

namespace prism::api {

using protocol::Error;
using protocol::ErrorCode;
using protocol::Failure;
using protocol::Result;

namespace {

/// Stops behind the first entry or problem over the limit, so that a hostile body costs no more than a good
/// one.
BulkBody parseLines(const QByteArray& text, int maxDepth, std::size_t maxEntries)
{
    BulkBody body;
    body.form = BulkBody::Form::Lines;
    std::size_t seen = 0;
    qsizetype start = 0;
    for (int number = 1; start < text.size() && seen <= maxEntries; ++number) {
        const qsizetype newline = text.indexOf('\n', start);
        const qsizetype end = newline < 0 ? text.size() : newline;
        const QByteArray line = QByteArray::fromRawData(text.constData() + start, end - start);
        start = end + 1;
        if (std::all_of(line.begin(), line.end(), protocol::isJsonSpace))
            continue;
        ++seen;
        Result<QJsonObject> object = protocol::parseObject(line, maxDepth);
        if (object)
            body.entries.push_back({number, std::move(*object), line});
        else
            body.problems.add(object.error().code, body.placeOf({number, {}}),
                              object.error().details.join(QStringLiteral("; ")));
    }
    body.tooMany = seen > maxEntries;
    return body;
}

bool isList(const QByteArray& text)
{
    const auto first = std::find_if_not(text.begin(), text.end(), protocol::isJsonSpace);
    return first != text.end() && *first == '[';
}

BulkBody parseArray(const QJsonArray& array, std::size_t maxEntries)
{
    BulkBody body;
    body.form = BulkBody::Form::Array;
    body.tooMany = std::size_t(array.size()) > maxEntries;
    for (qsizetype i = 0; i < array.size() && !body.tooMany; ++i) {
        if (array[i].isObject())
            body.entries.push_back({int(i), array[i].toObject()});
        else
            body.problems.add(ErrorCode::BadFormat, body.placeOf({int(i), {}}),
                              QStringLiteral("must be an object"));
    }
    return body;
}

/// Whether the body is of this type, and not said to be in another encoding than UTF-8.
bool isText(const http::Request& request, QByteArrayView type)
{
    const QList<QByteArray> parts = request.header("content-type").toLower().split(';');
    return parts.first().trimmed() == type &&
           std::all_of(parts.begin() + 1, parts.end(), [](const QByteArray& part) {
               const QByteArray parameter = part.trimmed().replace('"', "");
               return !parameter.startsWith("charset=") || parameter == "charset=utf-8" ||
                      parameter == "charset=utf8" || parameter == "charset=us-ascii";
           });
}

} // namespace

QString BulkBody::placeOf(const BulkEntry& entry) const
{
    switch (form) {
    case Form::Lines:
        return QStringLiteral("line %1").arg(entry.number);
    case Form::Array:
        return QStringLiteral("[%1]").arg(entry.number);
    case Form::Single:
        break;
    }
    return {};
}

void BulkBody::findTexts(QByteArrayView body)
{
    if (form != Form::Array)
        return;
    const std::vector<QByteArrayView> texts = protocol::entrySlices(body);
    for (BulkEntry& entry : entries)
        entry.text = texts[std::size_t(entry.number)];
}

Result<BulkBody> parseBulk(const http::Request& request, int maxDepth, std::size_t maxEntries)
{
    BulkBody body;
    if (isNdjson(request)) {
        body = parseLines(request.body, maxDepth, maxEntries);
    } else {
        const int around = isList(request.body) ? 1 : 0;
        PRISM_TRY_ASSIGN(const QJsonValue value, protocol::parseJson(request.body, maxDepth + around));
        if (value.isObject())
            return BulkBody{BulkBody::Form::Single, false, {{0, value.toObject(), request.body}}, {}};
        if (!value.isArray())
            return Failure(Error{ErrorCode::BadFormat,
                                 QStringLiteral("The body must be a JSON object or a list of them."),
                                 {QStringLiteral("body: must be an object or a list of objects")}});
        body = parseArray(value.toArray(), maxEntries);
    }
    if (body.tooMany)
        return Failure(Error{ErrorCode::TooLong,
                             QStringLiteral("At most %1 entries are allowed in one request.").arg(maxEntries),
                             {QStringLiteral("body: has more than %1 entries").arg(maxEntries)}});
    if (body.entries.empty() && body.problems.isEmpty())
        return Failure(Error{ErrorCode::Validation,
                             QStringLiteral("The body has no entries."),
                             {QStringLiteral("body: must have at least one entry")}});
    return body;
}

bool isJson(const http::Request& request)
{
    return isText(request, "application/json");
}

bool isNdjson(const http::Request& request)
{
    return isText(request, "application/x-ndjson");
}

bool isForm(const http::Request& request)
{
    return isText(request, "application/x-www-form-urlencoded");
}

} // namespace prism::api
