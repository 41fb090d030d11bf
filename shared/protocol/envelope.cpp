#include "shared/protocol/envelope.h"

#include "shared/protocol/version.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace prism::protocol {

namespace {

const QLatin1String successField("success"), dataField("data"), metaField("meta"), errorField("error"),
    messageField("message"), detailsField("details"), timestampField("timestamp"),
    requestIdField("requestId");

QByteArray encodeJson(const QJsonObject& json)
{
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

} // namespace

QByteArray successEnvelope(const QJsonValue& data, const QString& requestId, Timestamp timestamp,
                           const std::optional<Pagination>& pagination, const QJsonObject& extraMeta)
{
    QJsonObject meta = extraMeta;
    meta.insert(timestampField, toIso(timestamp));
    meta.insert(requestIdField, requestId);
    meta.insert(QLatin1String("version"), QString::fromLatin1(version));
    if (pagination) {
        QJsonObject json{{QLatin1String("page"), pagination->page},
                         {QLatin1String("limit"), pagination->limit}};
        if (pagination->total) {
            json.insert(QLatin1String("total"), *pagination->total);
            json.insert(QLatin1String("totalPages"),
                        (*pagination->total + pagination->limit - 1) / pagination->limit);
        }
        meta.insert(QLatin1String("pagination"), json);
    }
    return encodeJson({{successField, true}, {dataField, data}, {metaField, meta}});
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
    QStringList details;
    for (const auto& detail : json.value(detailsField).toArray())
        details.append(detail.toString());
    return Failure(
        Error{errorCode(json.value(errorField).toString()), json.value(messageField).toString(), details});
}

} // namespace prism::protocol
