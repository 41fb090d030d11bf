#include "shared/protocol/envelope.h"

#include "shared/protocol/json_writer.h"
#include "shared/protocol/search_envelope.h"
#include "shared/protocol/try.h"
#include "shared/protocol/version.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace prism::protocol {

namespace {

constexpr QLatin1String successField("success"), dataField("data"), metaField("meta"), errorField("error"),
    messageField("message"), detailsField("details"), timestampField("timestamp"),
    requestIdField("requestId"), formatField("format");

constexpr QLatin1String versionField("version"), paginationField("pagination"), limitField("limit"),
    pageField("page"), nextCursorField("nextCursor"), totalField("total"), totalPagesField("totalPages"),
    lookedToField("lookedTo");

void writePagination(JsonWriter& json, const Pagination& pagination)
{
    json.key(paginationField);
    json.beginObject();
    json.field(limitField, pagination.limit);
    if (pagination.page > 0)
        json.field(pageField, pagination.page);
    if (!pagination.nextCursor.isEmpty()) {
        json.field(nextCursorField, pagination.nextCursor);
    } else if (pagination.page == 0) {
        json.key(nextCursorField);
        json.null();
    }
    if (pagination.total) {
        json.field(totalField, *pagination.total);
        json.field(totalPagesField, (*pagination.total + pagination.limit - 1) / pagination.limit);
    }
    json.endObject();
}

/// `addTop` writes what there is beside the data, `addMeta` what the meta has beside what every answer's has.
template <typename AddTop, typename AddMeta>
QByteArray envelope(const QByteArray& dataJson, const QString& requestId, Timestamp timestamp,
                    const AddTop& addTop, const AddMeta& addMeta)
{
    QByteArray text;
    text.reserve(dataJson.size() + 256);
    JsonWriter json(text);
    json.beginObject();
    json.field(successField, true);
    addTop(json);
    json.key(dataField);
    json.raw(dataJson);
    json.key(metaField);
    json.beginObject();
    json.field(timestampField, timestamp);
    json.field(requestIdField, requestId);
    json.field(versionField, QLatin1String(version));
    addMeta(json);
    json.endObject();
    json.endObject();
    return text;
}

void addNothing(JsonWriter& /*json*/) {}

std::optional<Pagination> readPagination(const QJsonObject& meta)
{
    const QJsonValue given = meta.value(paginationField);
    if (!given.isObject())
        return std::nullopt;
    Pagination pagination{given[pageField].toInt(), given[limitField].toInt(), {}, {}};
    if (given[totalField].isDouble())
        pagination.total = given[totalField].toInteger();
    pagination.nextCursor = given[nextCursorField].toString();
    return pagination;
}

} // namespace

QByteArray successEnvelope(const QJsonValue& data, const QString& requestId, Timestamp timestamp,
                           const std::optional<Pagination>& pagination)
{
    return successEnvelope(writtenJson(data), requestId, timestamp, pagination);
}

QByteArray successEnvelope(const QByteArray& dataJson, const QString& requestId, Timestamp timestamp,
                           const std::optional<Pagination>& pagination)
{
    return envelope(dataJson, requestId, timestamp, addNothing, [&](JsonWriter& meta) {
        if (pagination)
            writePagination(meta, *pagination);
    });
}

QByteArray searchEnvelope(const QByteArray& dataJson, const QString& requestId, Timestamp timestamp,
                          const Pagination& pagination, const std::optional<Timestamp>& lookedTo)
{
    return envelope(dataJson, requestId, timestamp, addNothing, [&](JsonWriter& json) {
        writePagination(json, pagination);
        if (lookedTo)
            json.field(lookedToField, *lookedTo);
    });
}

QByteArray toldEnvelope(QLatin1String name, const QString& text, const QByteArray& dataJson,
                        const QString& requestId, Timestamp timestamp)
{
    return envelope(
        dataJson, requestId, timestamp, [&](JsonWriter& top) { top.field(name, text); }, addNothing);
}

QByteArray exportEnvelope(const QJsonValue& data, QLatin1String format, const QString& requestId,
                          Timestamp timestamp)
{
    return envelope(writtenJson(data), requestId, timestamp, addNothing,
                    [&](JsonWriter& meta) { meta.field(formatField, format); });
}

QByteArray failureEnvelope(const Error& error, const QString& requestId, Timestamp timestamp)
{
    QByteArray text;
    JsonWriter json(text);
    json.beginObject();
    json.field(successField, false);
    json.field(errorField, errorName(error.code));
    json.field(messageField, error.message);
    json.field(detailsField, error.details);
    json.key(metaField);
    json.beginObject();
    json.field(timestampField, timestamp);
    json.field(requestIdField, requestId);
    json.endObject();
    json.endObject();
    return text;
}

Result<Envelope> readEnvelope(const QByteArray& body)
{
    const QJsonObject json = QJsonDocument::fromJson(body).object();
    if (json.value(successField).toBool())
        return Envelope{json.value(dataField), readPagination(json.value(metaField).toObject())};
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

bool isEnvelope(const QByteArray& body)
{
    return QJsonDocument::fromJson(body).object().value(successField).isBool();
}

Result<QJsonValue> openEnvelope(const QByteArray& body)
{
    PRISM_TRY_ASSIGN(const Envelope envelope, readEnvelope(body));
    return envelope.data;
}

} // namespace prism::protocol
