#pragma once

#include "shared/protocol/error.h"
#include "shared/protocol/timestamp.h"

#include <QByteArray>
#include <QJsonObject>

#include <optional>

namespace prism::protocol {

/// Where a list stands: by page, or by a cursor that the next request brings back.
struct Pagination
{
    int page = 1; ///< from 1; 0 for a list by cursor
    int limit = 20;
    std::optional<qint64> total = {}; ///< left out where counting would cost with history
    QString nextCursor = {};          ///< empty at the end

    static Pagination ofCursor(int limit, const QString& nextCursor) { return {0, limit, {}, nextCursor}; }
};

/// {"success":true,"data":…,"meta":{timestamp, requestId, version[, pagination]}}
QByteArray successEnvelope(const QJsonValue& data, const QString& requestId, Timestamp timestamp,
                           const std::optional<Pagination>& pagination = {});

/// The same around `data` that is encoded already.
QByteArray successEnvelope(const QByteArray& dataJson, const QString& requestId, Timestamp timestamp,
                           const std::optional<Pagination>& pagination = {});

/// The same with one text beside the data, at the top: {"success":true,"message":"…","data":…}. `name` needs
/// no escaping.
QByteArray toldEnvelope(QLatin1String name, const QString& text, const QByteArray& dataJson,
                        const QString& requestId, Timestamp timestamp);

/// The same of an export: its meta names the format too.
QByteArray exportEnvelope(const QJsonValue& data, QLatin1String format, const QString& requestId,
                          Timestamp timestamp);

/// {"success":false,"error","message","details","meta":{timestamp, requestId}}
QByteArray failureEnvelope(const Error& error, const QString& requestId, Timestamp timestamp);

/// What a success says.
struct Envelope
{
    QJsonValue data;
    std::optional<Pagination> pagination; ///< of a list
};

/// An opened success, or the error of a failure; an Internal error when it is no envelope at all.
Result<Envelope> readEnvelope(const QByteArray& body);

/// Whether it is an envelope, of a success or a failure.
bool isEnvelope(const QByteArray& body);

/// The `data` of a success, or the error of a failure; an Internal error when it is no envelope at all.
Result<QJsonValue> openEnvelope(const QByteArray& body);

} // namespace prism::protocol
