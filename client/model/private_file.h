#pragma once

#include <QByteArray>
#include <QString>

namespace prism::model {

/// Writes a file that is nobody else's business, with the folders above it. What was there before stays whole
/// until the new one is complete. Logs what went wrong, and returns false then.
bool writePrivateFile(const QString& path, const QByteArray& bytes);

} // namespace prism::model
