#pragma once

#include "shared/protocol/error.h"
#include "shared/protocol/timestamp.h"

#include <QByteArray>
#include <QJsonObject>

#include <optional>

namespace prism::protocol {

/// Where a list stands: page from 1 up, limit entries a page.
struct Pagination
{
    int page = 1;
    int limit = 20;
    std::optional<qint64> total; ///< left out where counting would cost with history
};

/// {"success":true,"data":…,"meta":{timestamp, requestId, version[, pagination]}}
QByteArray successEnvelope(const QJsonValue& data, const QString& requestId, Timestamp timestamp,
                           const std::optional<Pagination>& pagination = {},
                           const QJsonObject& extraMeta = {});

/// {"success":false,"error","message","details","meta":{timestamp, requestId}}
QByteArray failureEnvelope(const Error& error, const QString& requestId, Timestamp timestamp);

/// The `data` of a success, or the error of a failure; an Internal error when it is no envelope at all.
Result<QJsonValue> openEnvelope(const QByteArray& body);

} // namespace prism::protocol
