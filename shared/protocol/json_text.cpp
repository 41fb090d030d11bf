#include "shared/protocol/json_text.h"

#include "shared/protocol/json_depth.h"
#include "shared/protocol/try.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace prism::protocol {

namespace {

Failure notJson(const QString& why)
{
    return Failure(Error{ErrorCode::NotJson, QStringLiteral("The body is not valid JSON."), {why}});
}

} // namespace

Result<QJsonValue> parseJson(const QByteArray& text, int maxDepth)
{
    if (std::all_of(text.begin(), text.end(), [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }))
        return notJson(QStringLiteral("the body is empty"));
    if (!text.isValidUtf8())
        return notJson(QStringLiteral("the body is not UTF-8"));
    if (isNestedDeeperThan(text, maxDepth))
        return notJson(QStringLiteral("the body is nested more than %1 deep").arg(maxDepth));
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(text, &problem);
    if (problem.error != QJsonParseError::NoError)
        return notJson(QStringLiteral("%1 at byte %2").arg(problem.errorString()).arg(problem.offset));
    return document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
}

Result<QJsonObject> parseObject(const QByteArray& text, int maxDepth)
{
    PRISM_TRY_ASSIGN(const QJsonValue value, parseJson(text, maxDepth));
    if (!value.isObject())
        return Failure(Error{ErrorCode::BadFormat,
                             QStringLiteral("The body must be a JSON object."),
                             {QStringLiteral("must be a JSON object")}});
    return value.toObject();
}

} // namespace prism::protocol
