#include "client/report/git_hook.h"

#include "client/report/disk.h"
#include "client/report/files.h"
#include "client/report/git_folder.h"
#include "client/report/say.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cstdio>

namespace prism::report {

namespace {

constexpr qint64 mostOfHook = 1024 * 1024;

/// By which a hook is known again.
constexpr QLatin1String
    mark("# Made by 'prism-report hook install', which writes it anew; delete it to be without.\n");

/// For a shell, whatever is in it.
QByteArray quoted(QByteArray word)
{
    return '\'' + word.replace('\'', "'\\''") + '\'';
}

QByteArray optionsOf(const Request& request)
{
    const QString gate = request.context.gate.isEmpty() ? request.words.constFirst() : request.context.gate;
    QByteArray options = " --gate " + quoted(gate.toUtf8());
    if (!request.server.isEmpty())
        options += " --server " + quoted(request.server.toUtf8());
    if (!request.context.project.isEmpty())
        options += " --project " + quoted(request.context.project.toUtf8());
    if (request.program != nullptr)
        return options;
    if (!request.phase.isEmpty())
        options += " --phase " + quoted(request.phase.toUtf8());
    return options + (request.strict ? " --strict" : "") + (request.failClosed ? " --fail-closed" : "");
}

QByteArray commandOf(const Request& request)
{
    QByteArray command;
    for (char** word = request.program; *word != nullptr; ++word)
        command += ' ' + quoted(*word);
    return command;
}

/// What is to be done, on one line, as it may be added to another hook too.
QByteArray lineOf(const Request& request)
{
    if (request.program != nullptr)
        return "prism-report run" + optionsOf(request) + " --" + commandOf(request);
    const QByteArray judge = "prism-report judge" + optionsOf(request);
    if (request.words.constFirst() == QLatin1String("pre-commit"))
        return "git diff --cached --no-color --no-ext-diff --unified=0 | grep '^+' | " + judge;
    return "{ echo \"git push $1\"; cat; } | " + judge;
}

/// Where prism-report is not installed, the command is run all the same, and nothing is judged.
QByteArray scriptOf(const Request& request)
{
    const QByteArray otherwise =
        request.program != nullptr
            ? "exec" + commandOf(request)
            : QByteArray("{ echo 'prism-report is not installed: nothing is judged' >&2; exit 0; }");
    return QByteArray("#!/bin/sh\n") + mark.data() + "command -v prism-report >/dev/null || " + otherwise +
           '\n' + lineOf(request) + '\n';
}

} // namespace

int installHook(const Request& request)
{
    const GitFolder git(QDir::currentPath());
    if (!git.isThere()) {
        say(QStringLiteral("there is no clone of Git here"));
        return 1;
    }
    const QString folder = git.hooksFolder();
    const QString path = folder + u'/' + request.words.constFirst();
    if (QFileInfo::exists(path) || QFileInfo(path).isSymLink()) {
        const QByteArray present = contentOf(path, mostOfHook).value_or(QByteArray());
        if (QFileInfo(path).isSymLink() || !present.contains(mark.data())) {
            say(QStringLiteral("%1 is somebody else's and stays; this line in it does the same:").arg(path));
            sayPlainly(QString::fromUtf8(lineOf(request)));
            return 1;
        }
    }
    QFile::remove(path + unfinished); // of one that was killed
    if (const auto made = makeFolder(folder); !made) {
        say(made.error().message);
        return 1;
    }
    if (const auto written = putFile(folder, request.words.constFirst(), scriptOf(request)); !written) {
        say(written.error().message);
        return 1;
    }
    constexpr auto executable = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner | QFile::ReadGroup |
                                QFile::ExeGroup | QFile::ReadOther | QFile::ExeOther;
    if (!QFile::setPermissions(path, executable)) {
        say(QStringLiteral("%1 cannot be made executable").arg(path));
        return 1;
    }
    std::printf("%s\n", qUtf8Printable(path));
    return 0;
}

} // namespace prism::report
