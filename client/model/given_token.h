#pragma once

#include "shared/protocol/error.h"

#include <QByteArray>
#include <QUrl>

namespace prism::model {

/// What PRISM_TOKEN says, where it is for this server: PRISM_URL names it or, without that, somebody has
/// named it just now (`isNamed`). Empty where there is none, or PRISM_URL names another one; an error where
/// it cannot be used. It is gone from the environment then: no program that is started later finds it there.
protocol::Result<QByteArray> takeTokenFromEnvironment(const QUrl& server, bool isNamed);

/// The first line of a file that somebody keeps a token in.
protocol::Result<QByteArray> tokenInFile(const QString& path);

} // namespace prism::model
