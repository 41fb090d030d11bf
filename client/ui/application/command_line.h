#pragma once

#include "client/ui/window/page.h"
#include "shared/protocol/period.h"

#include <QLocale>
#include <QStringList>
#include <QUrl>

#include <optional>
#include <variant>

namespace prism::ui {

/// What the dashboard was asked to show.
struct Startup
{
    std::optional<QUrl> server;             ///< nothing: the profile's
    QString profile;                        ///< empty: the server's, else the first
    std::optional<protocol::Period> period; ///< nothing: as the window was left
    std::optional<Page> page;               ///< nothing: as the window was left
    QString tokenFile;                      ///< to sign in by what is in it; empty: as before
    std::optional<QLocale> language;        ///< nothing: what the person chose, else the system's
};

/// What to say instead of opening a window: on standard output when exitCode is 0, else on standard error.
struct Farewell
{
    int exitCode = 0;
    QString text;
};

/// To say that something about the command line is wrong.
Farewell misuse(const QString& why);

/// Reads the command line, program name first. Needs no display, so that --help works without one.
std::variant<Startup, Farewell> readCommandLine(const QStringList& arguments);

} // namespace prism::ui
