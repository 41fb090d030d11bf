#include "shared/protocol/envelope.h"

#include "shared/protocol/version.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace prism::protocol {

namespace {

constexpr QLatin1String successField("success"), dataField("data"), metaField("meta"), errorField("error"),
    messageField("message"), detailsField("details"), timestampField("timestamp"),
    requestIdField("requestId");

QByteArray encodeJson(const QJsonObject& json)
{
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

QJsonObject metaOf(const QString& requestId, Timestamp timestamp)
{
    return {{timestampField, toIso(timestamp)},
            {requestIdField, requestId},
            {QLatin1String("version"), QString::fromLatin1(version)}};
}

QJsonObject toJson(const Pagination& pagination)
{
    QJsonObject json{{QLatin1String("limit"), pagination.limit}};
    if (pagination.page > 0)
        json.insert(QLatin1String("page"), pagination.page);
    else
        json.insert(QLatin1String("nextCursor"),
                    pagination.nextCursor.isEmpty() ? QJsonValue() : QJsonValue(pagination.nextCursor));
    if (pagination.total) {
        json.insert(QLatin1String("total"), *pagination.total);
        json.insert(QLatin1String("totalPages"),
                    (*pagination.total + pagination.limit - 1) / pagination.limit);
    }
    return json;
}

} // namespace

QByteArray successEnvelope(const QJsonValue& data, const QString& requestId, Timestamp timestamp,
                           const std::optional<Pagination>& pagination)
{
    QJsonObject meta = metaOf(requestId, timestamp);
    if (pagination)
        meta.insert(QLatin1String("pagination"), toJson(*pagination));
    return encodeJson({{successField, true}, {dataField, data}, {metaField, meta}});
}

QByteArray successEnvelope(const QByteArray& dataJson, const QString& requestId, Timestamp timestamp)
{
    return "{\"success\":true,\"data\":" + dataJson + ",\"meta\":{\"requestId\":\"" + requestId.toLatin1() +
           "\",\"timestamp\":\"" + toIsoUtf8(timestamp) + "\",\"version\":\"" + version + "\"}}";
}

QByteArray failureEnvelope(const Error& error, const QString& requestId, Timestamp timestamp)
{
    return encodeJson(
        {{successField, false},
         {errorField, errorName(error.code)},
         {messageField, error.message},
         {detailsField, QJsonArray::fromStringList(error.details)},
         {metaField, QJsonObject{{timestampField, toIso(timestamp)}, {requestIdField, requestId}}}});
}

Result<QJsonValue> openEnvelope(const QByteArray& body)
{
    const QJsonObject json = QJsonDocument::fromJson(body).object();
    if (json.value(successField).toBool())
        return json.value(dataField);
    if (!json.contains(errorField))
        return Failure(
            Error{ErrorCode::Internal, QStringLiteral("The answer is not one of a PRISM Gateway server.")});
    const QJsonArray given = json.value(detailsField).toArray();
    QStringList details;
    for (const auto& detail : given)
        details.append(detail.toString());
    return Failure(
        Error{errorCode(json.value(errorField).toString()), json.value(messageField).toString(), details});
}

} // namespace prism::protocol
