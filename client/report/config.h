#pragma once

#include "shared/protocol/error.h"

#include <QByteArray>
#include <QString>
#include <QUrl>

namespace prism::report {

/// Where results go, on whose behalf, and how many may wait.
struct Config
{
    QUrl server;
    QByteArray token;     ///< never shown, and in no child's arguments
    QString certificates; ///< a file; empty for the system's alone
    qint64 spoolCount = 1'000;
    qint64 spoolBytes = 256LL * 1024 * 1024;

    /// From the flag, the environment and ~/.config/prism/report.ini; what stands first wins. The error names
    /// what is not valid.
    static protocol::Result<Config> read(const QString& serverFlag);
};

} // namespace prism::report
