#include "client/report/option.h"

#include "shared/protocol/version.h"

#include <algorithm>

namespace prism::report {

namespace {

constexpr int longestWait = 3600;

template <QString protocol::Check::*field>
QString putText(Request& request, const QString& value)
{
    request.context.*field = value;
    return {};
}

template <bool Request::*field>
QString putSwitch(Request& request, const QString&)
{
    request.*field = true;
    return {};
}

template <std::chrono::seconds Request::*field>
QString putSeconds(Request& request, const QString& value)
{
    bool isNumber = false;
    const int seconds = value.toInt(&isNumber);
    if (!isNumber || seconds < 0 || seconds > longestWait)
        return QStringLiteral("must be a whole number of seconds from 0 to %1").arg(longestWait);
    request.*field = std::chrono::seconds(seconds);
    return {};
}

QString putReport(Request& request, const QString& value)
{
    request.reports.append(ReportFile::named(value));
    return {};
}

QString putOrigin(Request& request, const QString& value)
{
    request.context.origin = protocol::checkOriginFromString(value);
    return request.context.origin ? QString() : QStringLiteral("must be ci, local or agent");
}

QString putServer(Request& request, const QString& value)
{
    request.server = value;
    return value.isEmpty() ? QStringLiteral("must not be empty") : QString();
}

QString putPhase(Request& request, const QString& value)
{
    request.phase = value.toUpper();
    return {};
}

QString putOpen(Request& request, const QString&)
{
    request.failClosed = false;
    return {};
}

using protocol::Check;

// clang-format off
constexpr std::array<Option, 17> options{{
    {"server", "URL", "The server; else PRISM_URL, else what report.ini says, else http://127.0.0.1:3000.", putServer},
    {"gate", "NAME", "What ran; else the command's name, or what a result file says.", putText<&Check::gate>},
    {"report", "FILE[:FORMAT]", "run: a result file that the command writes; may be given several times.", putReport},
    {"project", "NAME", "What was checked.", putText<&Check::project>},
    {"branch", "NAME", "Of the version control.", putText<&Check::branch>},
    {"commit", "ID", "The same.", putText<&Check::commit>},
    {"user", "NAME", "Who ran it.", putText<&Check::user>},
    {"session", "ID", "What it belongs to.", putText<&Check::session>},
    {"run-url", "URL", "Where a person sees the run.", putText<&Check::url>},
    {"origin", "WHERE", "ci, local or agent.", putOrigin},
    {"phase", "NAME", "judge, hook agent: observe, think, plan, build, execute, verify or learn; only principles that hold in it are asked.", putPhase},
    {"strict", nullptr, "judge: end with 1 where the verdict is WARNING. hook agent: block then.", putSwitch<&Request::strict>},
    {"fail-open", nullptr, "judge, hook agent: let pass what cannot be judged, and say so. This is the default.", putOpen},
    {"fail-closed", nullptr, "judge, hook agent: block what cannot be judged.", putSwitch<&Request::failClosed>},
    {"timeout", "SECONDS", "judge, hook agent: how long to wait for the verdict. Default: 5.", putSeconds<&Request::timeout>},
    {"within", "SECONDS", "flush: how long to try again. Default: 0, which is once.", putSeconds<&Request::within>},
    {"background", nullptr, "flush: end at once where another one sends already.", putSwitch<&Request::inBackground>},
}};
// clang-format on

constexpr QLatin1String
    usage(R"(Usage: prism-report run [--gate NAME] [--report FILE[:FORMAT]]... -- COMMAND...
       prism-report send FILE[:FORMAT]...
       prism-report judge [--phase NAME] [TEXT...]
       prism-report hook install pre-commit|pre-push [-- COMMAND...]
       prism-report hook agent
       prism-report flush
Reports to a PRISM server what quality gates find.

run     runs a command as if this program were not there, and reports how it ended and what
        its result files say
send    reports what result files say
judge   asks for the verdict on a text, or on standard input: 0 PASS, 2 BLOCKED
hook    installs a hook of Git that runs the command, or else has the change judged;
        'hook agent' is the hook of a coding agent: the tool call comes on standard input
flush   sends what could not be sent until now

)");

constexpr QLatin1String rest(R"(  -h, --help  Show this help.
  -v, --version  Show the version.

FORMAT is sarif, junit, checkstyle, codequality, eslint, rdjson, tap, pre-commit, or auto.
Project, branch, commit, user and run are known from Git and from GitHub Actions, GitLab CI,
Jenkins, Buildkite, Azure Pipelines and Bitbucket Pipelines; options win.

What is reported waits in ~/.local/state/prism until a process in the background has sent it. Where
CI is set, it is sent within 10 seconds before this program ends.

The environment, or ~/.config/prism/report.ini by the names in brackets:
  PRISM_URL [url]                  the server
  PRISM_TOKEN [token]              who is asking
  PRISM_CA [ca]                    file of the certificates to trust besides the system's
  PRISM_SPOOL_COUNT [spool-count]  so many results may wait (1000)
  PRISM_SPOOL_BYTES [spool-bytes]  so many bytes may wait (268435456)

Examples:
  prism-report run --gate tests --report build/junit.xml -- make test
  prism-report run -- npm run lint
  prism-report send report.sarif
  prism-report judge --phase execute "git push --force origin main"
  git diff --cached | prism-report judge --fail-closed
  prism-report hook install pre-commit -- make lint

Exit code: that of the command (run), 0 done, 1 not done, 2 BLOCKED, 64 the command line is wrong.
)");

} // namespace

const Option* optionNamed(QStringView name)
{
    const auto* option = std::find_if(options.begin(), options.end(),
                                      [&](const Option& each) { return name == QLatin1String(each.name); });
    return option == options.end() ? nullptr : option;
}

QString helpText()
{
    QString text = usage + QStringLiteral("Options:\n");
    for (const Option& option : options) {
        text += QStringLiteral("  --") + QLatin1String(option.name);
        if (!option.isSwitch())
            text += QStringLiteral(" <%1>").arg(QLatin1String(option.value));
        text += QStringLiteral("  ") + QLatin1String(option.help) + u'\n';
    }
    return text + rest;
}

} // namespace prism::report
