#pragma once

#include "shared/protocol/error.h"

#include <QByteArray>
#include <QString>

namespace prism::report {

/// Makes a folder and those above it, for this person alone.
protocol::Result<void> makeFolder(const QString& path);

/// Puts a file for this person alone in a folder, so that it is there whole or not at all, and stays.
protocol::Result<void> putFile(const QString& folder, const QString& name, const QByteArray& content);

/// What ends the name of a file that is being written.
inline constexpr QLatin1String unfinished(".part");

} // namespace prism::report
