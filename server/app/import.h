#pragma once

#include "server/app/config.h"

namespace prism::app {

/// `prism-server import PATH…`: stores what the files and folders hold and reports on standard error and
/// output. Writes through the server at `serverUrl`, with the token in PRISM_TOKEN; without one, into the
/// database itself. Returns whether every file was good and everything was stored.
bool runImport(const QStringList& paths, const QString& serverUrl, const Config& config);

} // namespace prism::app
