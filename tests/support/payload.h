#pragma once

#include <QByteArray>
#include <QJsonObject>

namespace prism::test {

/// What a provider sends, as its documentation shows it: the file of tests/payloads with this name.
QJsonObject payload(const char* name);

/// The same with another value at a path such as "check_run.conclusion"; without the field where the value is
/// undefined.
QJsonObject with(QJsonObject object, const QString& path, const QJsonValue& value);

/// Each text that names a time of the day that the payloads are of, moved to yesterday.
QJsonObject ofYesterday(const QJsonObject& object);

} // namespace prism::test
