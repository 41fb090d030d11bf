#pragma once

#include "shared/protocol/check.h"
#include "shared/protocol/report_format.h"

#include <QStringList>

#include <chrono>

namespace prism::report {

/// A result file that a tool writes, as the command line names it: FILE or FILE:FORMAT.
struct ReportFile
{
    QString path;
    protocol::ReportFormat format = protocol::ReportFormat::Auto;

    /// What follows the last colon is a format where it is the name of one, else a part of the path.
    static ReportFile named(const QString& text);
};

/// What the command line asks for.
struct Request
{
    enum class Command { Help, Version, Run, Send, Judge, InstallHook, AgentHook, Flush };

    Command command = Command::Help;
    QList<ReportFile> reports;
    QStringList words;        ///< the text to be judged, or the hook's name
    char** program = nullptr; ///< what is to be run and its arguments, as they came, to a null; else null
    protocol::Check context;  ///< what flags say of it; the rest is empty
    QString server;           ///< empty where no flag names it
    QString phase;
    bool strict = false;
    bool failClosed = false;
    bool inBackground = false;
    std::chrono::seconds timeout{5};
    std::chrono::seconds within{0};
};

/// Reads the command line. The error says what is wrong with it.
protocol::Result<Request> readRequest(int argc, char* argv[]);

/// The text of --help.
QString helpText();

} // namespace prism::report
