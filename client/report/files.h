#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace prism::report {

/// The absolute folder that a variable such as XDG_STATE_HOME names, else this one of the person's home.
QString baseFolder(const char* variable, QLatin1String inHome);

/// What a regular file holds; nothing where it is not there, is none, or has more than `most` bytes.
std::optional<QByteArray> contentOf(const QString& path, qint64 most);

} // namespace prism::report
