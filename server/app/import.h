#pragma once

#include "server/app/config.h"

namespace prism::app {

/// `prism-server import PATH…`: stores what the files and folders hold and reports on standard error and
/// output. Writes through the server at `serverUrl`; without one it serves the database itself for as long as
/// it takes, on a free port of this machine. Returns whether every file was good and everything was stored.
bool runImport(const QStringList& paths, const QString& serverUrl, Config config);

} // namespace prism::app
