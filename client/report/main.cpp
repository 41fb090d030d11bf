#include "client/report/agent_hook.h"
#include "client/report/commands.h"
#include "client/report/git_hook.h"
#include "client/report/judge.h"
#include "client/report/say.h"
#include "shared/protocol/version.h"

#include <QCoreApplication>

#include <cstdio>

using namespace prism::report;
using Command = Request::Command;

namespace {

/// What asks a server.
int runInEventLoop(const Request& request, int argc, char* argv[])
{
    QCoreApplication application(argc, argv);
    switch (request.command) {
    case Command::Judge:
        return judge(request);
    case Command::AgentHook:
        return agentHook(request);
    default:
        return flush(request);
    }
}

int show(const QString& text)
{
    std::fputs(text.toUtf8().constData(), stdout);
    return 0;
}

} // namespace

int main(int argc, char* argv[])
{
    const auto request = readRequest(argc, argv);
    if (!request) {
        constexpr int misused = 64; // 2 is a verdict
        say(request.error().message);
        sayPlainly(QStringLiteral("Try 'prism-report --help'."));
        return misused;
    }
    switch (request->command) {
    case Command::Help:
        return show(helpText());
    case Command::Version:
        return show(QStringLiteral("prism-report %1\n").arg(QLatin1String(prism::version)));
    case Command::Run:
        return run(*request);
    case Command::Send:
        return send(*request);
    case Command::InstallHook:
        return installHook(*request);
    default:
        return runInEventLoop(*request, argc, argv);
    }
}
