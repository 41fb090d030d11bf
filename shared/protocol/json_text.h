#pragma once

#include "shared/protocol/error.h"

#include <QJsonObject>
#include <QJsonValue>

namespace prism::protocol {

/// Parses UTF-8 JSON nested at most `maxDepth` deep. NotJson otherwise, with the place of the fault.
Result<QJsonValue> parseJson(const QByteArray& text, int maxDepth);

/// A text that must be one JSON object.
Result<QJsonObject> parseObject(const QByteArray& text, int maxDepth);

} // namespace prism::protocol
