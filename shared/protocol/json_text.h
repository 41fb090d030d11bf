#pragma once

#include "shared/protocol/error.h"

#include <QJsonObject>
#include <QJsonValue>

namespace prism::protocol {

/// Parses JSON as RFC 8259 has it, and nothing else, nested at most `maxDepth` deep. NotJson otherwise, with
/// the place of the fault. BadFormat, with the names of the fields, for what the grammar allows and nothing
/// here can keep: half a surrogate pair, a NUL character, whole numbers beyond 64 bits, numbers beyond those
/// of a double. Of members of one name the last counts.
Result<QJsonValue> parseJson(const QByteArray& text, int maxDepth);

/// A text that must be one JSON object; BadFormat where it is another value.
Result<QJsonObject> parseObject(const QByteArray& text, int maxDepth);

} // namespace prism::protocol
