#pragma once

#include "shared/protocol/error.h"

#include <QByteArray>
#include <QUrl>

namespace prism::model {

/// What PRISM_TOKEN says, unless PRISM_URL says that it is another server's; empty for nothing. It is gone
/// from the environment then: no program that is started later finds it there.
QByteArray takeTokenFromEnvironment(const QUrl& server);

/// The first line of a file that somebody keeps a token in.
protocol::Result<QByteArray> tokenInFile(const QString& path);

} // namespace prism::model
