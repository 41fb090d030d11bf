#include "server/app/command_line.h"

#include "server/app/bus_error.h"
#include "server/app/database_check.h"
#include "server/app/hook_command.h"
#include "server/app/import.h"
#include "server/app/option.h"
#include "server/app/server.h"
#include "server/app/signals.h"
#include "server/app/standard_streams.h"
#include "server/app/token_command.h"
#include "server/log/line.h"
#include "shared/protocol/json_reader.h"
#include "shared/protocol/version.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFileInfo>
#include <QSettings>

#include <cstdio>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace prism::app {

using protocol::Result;

namespace {

enum ExitCode { Done = 0, Failed = 1, Misused = 2, Mended = 3 };

void complain(const protocol::Error& error)
{
    QString text = QStringLiteral("prism-server: ") + log::printable(error.message) + QLatin1Char('\n');
    for (const QString& detail : error.details)
        text += QStringLiteral("  ") + log::printable(detail) + QLatin1Char('\n');
    std::fputs(text.toLocal8Bit().constData(), stderr);
}

void say(const QString& line)
{
    std::fputs((line + QLatin1Char('\n')).toLocal8Bit().constData(), stdout);
    std::fflush(stdout);
}

void addOptions(QCommandLineParser& parser, const std::vector<Option>& options)
{
    for (const Option& option : options) {
        QCommandLineOption flag(option.name, option.help, option.value);
        if (!option.isSwitch() && !option.fallback.isEmpty())
            flag.setDescription(option.help + QStringLiteral(" Default: ") + option.fallback +
                                QLatin1Char('.'));
        parser.addOption(flag);
    }
    parser.addOption({QStringLiteral("config"),
                      QStringLiteral("INI file with any of these options, without the dashes."),
                      QStringLiteral("FILE")});
    parser.addOption(
        {QStringLiteral("server"),
         QStringLiteral("import: write through the server at this URL instead of opening the database, with "
                        "the token in PRISM_TOKEN where it asks for one."),
         QStringLiteral("URL")});
    parser.addOption(
        {QStringLiteral("project"),
         QStringLiteral(
             "hook create: the project of what it tells, instead of the provider's own name. token "
             "create and approve: one that it is limited to, repeatable."),
         QStringLiteral("NAME")});
    parser.addOption({QStringLiteral("name"), QStringLiteral("token create: whose it is, or of what."),
                      QStringLiteral("NAME")});
    parser.addOption({QStringLiteral("role"),
                      QStringLiteral("token create and approve: reporter, viewer, editor or admin."),
                      QStringLiteral("ROLE")});
    parser.addOption(
        {QStringLiteral("expires-days"),
         QStringLiteral("token create and approve: for how many days it is good, 365 if not said."),
         QStringLiteral("DAYS")});
}

/// Flags win over the environment, which wins over the file.
Result<QHash<QString, QString>> gatherValues(const QCommandLineParser& parser,
                                             const std::vector<Option>& options)
{
    QHash<QString, QString> values;
    const QString file = parser.isSet(QStringLiteral("config")) ? parser.value(QStringLiteral("config"))
                                                                : qEnvironmentVariable("PRISM_CONFIG");
    if (!file.isEmpty()) {
        if (!QFileInfo(file).isReadable())
            return protocol::Failure(protocol::Error{
                protocol::ErrorCode::Validation, QStringLiteral("The file %1 cannot be read.").arg(file)});
        QSettings settings(file, QSettings::IniFormat);
        const QStringList keys = settings.allKeys();
        for (const QString& key : keys)
            values.insert(key, settings.value(key).toStringList().join(QLatin1Char(',')));
    }
    protocol::Problems problems;
    for (auto value = values.keyBegin(); value != values.keyEnd(); ++value) {
        if (std::none_of(options.begin(), options.end(),
                         [&](const Option& option) { return option.name == *value; }))
            problems.add(protocol::ErrorCode::Validation, *value,
                         QStringLiteral("is not an option; see --help"));
    }
    if (!problems.isEmpty())
        return protocol::Failure(problems.toError(QStringLiteral("The file %1 is not valid.").arg(file)));
    for (const Option& option : options) {
        const QByteArray variable = option.environmentName().toLatin1();
        if (qEnvironmentVariableIsSet(variable.constData()))
            values.insert(option.name, qEnvironmentVariable(variable.constData()));
        if (parser.isSet(option.name))
            values.insert(option.name, option.isSwitch() ? QStringLiteral("true")
                                       : option.isList() ? parser.values(option.name).join(QLatin1Char(','))
                                                         : parser.value(option.name));
    }
    return values;
}

/// Each connection takes a descriptor, and the usual soft limit of 1,024 is far below what is served here.
void raiseDescriptorLimit()
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        (void)::setrlimit(RLIMIT_NOFILE, &limit);
    }
}

int serve(const Config& config, const log::Log& log, QCoreApplication& application)
{
    Signals signalsReceived;
    Server server(config, log);
    if (const Result<void> started = server.start(); !started) {
        complain(started.error());
        return Failed;
    }
    if (config.auth == Auth::On && !config.isLoopbackOnly() && !config.hasTls())
        qWarning("Tokens are read by whoever can listen on the way to %s: set --tls-cert and --tls-key.",
                 qPrintable(server.httpUrl()));
    if (config.publicUrl.startsWith(QLatin1String("http://")))
        qInfo("Tokens are read by whoever can listen on the way to %s: have the proxy in front speak TLS.",
              qPrintable(config.publicUrl));
    if (config.auth == Auth::Off && !config.isLoopbackOnly())
        qWarning(
            "Everybody who can reach %s can read and write here: authentication is off. Requests must ask "
            "for localhost or for one of these hosts (--allow-host): %s.",
            qPrintable(server.httpUrl()), qPrintable(config.hosts().join(QStringLiteral(", "))));
    if (config.metricsListen && !config.metricsListen->address.isLoopback())
        qWarning("Everybody who can reach %s reads there how this server does: no token is asked for.",
                 qPrintable(server.metricsUrl()));
    QObject::connect(&signalsReceived, &Signals::stopRequested, &server, &Server::stop);
    QObject::connect(&server, &Server::stopped, &application,
                     [&server] { QCoreApplication::exit(server.hasFailed() ? Failed : Done); });
    QObject::connect(&signalsReceived, &Signals::reloadRequested, &server, &Server::reload);
    signalsReceived.setStoppable();
    if (config.hasTls())
        signalsReceived.setReloadable();
    const QString metrics =
        config.metricsListen ? QStringLiteral(" metrics=") + server.metricsUrl() : QString();
    say(QStringLiteral("ready http=%1 ws=%2").arg(server.httpUrl(), server.wsUrl()) + metrics);
    return QCoreApplication::exec();
}

int sayAll(const Result<QStringList>& lines)
{
    if (!lines) {
        complain(lines.error());
        return Failed;
    }
    for (const QString& line : *lines)
        say(line);
    return Done;
}

int check(const Config& config)
{
    const Result<DatabaseCheck> checked = checkDatabase(config);
    if (!checked) {
        complain(checked.error());
        return Failed;
    }
    for (const QString& line : checked->lines())
        say(line);
    return checked->hasMended() ? Mended : Done;
}

} // namespace

int runCommandLine(int argc, char* argv[])
{
    openStandardStreams();
    ::umask(S_IRWXG | S_IRWXO); // what it writes is for its own user
    Signals::leaveToErrors();
    endOnBusError();
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("prism-server"));
    QCoreApplication::setApplicationVersion(QString::fromLatin1(version));
    raiseDescriptorLimit();

    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral(
        "Stores what quality gates report and pushes it to dashboards.\n"
        "Every option is also read from the environment (PRISM_ and its name in capitals, dashes as "
        "underscores)\n"
        "and from the file named by --config; flags win over the environment, which wins over the file."));
    const QCommandLineOption help = parser.addHelpOption();
    const QCommandLineOption versionOption = parser.addVersionOption();
    parser.addPositionalArgument(
        QStringLiteral("import PATH…"),
        QStringLiteral("Store the retrospectives, checks and records of these files and folders, and end."),
        QStringLiteral("[import PATH…]"));
    parser.addPositionalArgument(
        QStringLiteral("check"),
        QStringLiteral(
            "Count everything anew from what is stored, mend what was counted wrong, and end: with 0 "
            "when nothing was, with 3 when something was mended, with 1 on an error."),
        QStringLiteral("[check]"));
    parser.addPositionalArgument(
        QStringLiteral("hook create PROVIDER"),
        QStringLiteral(
            "Make an address to which github, gitlab or sonarqube tells of runs, and print it and its "
            "secret, which nobody is told again. hook list lists them, hook revoke ID ends one. By the "
            "server that has the database, where one runs."),
        QStringLiteral("[hook create PROVIDER|list|revoke ID]"));
    parser.addPositionalArgument(
        QStringLiteral("token create"),
        QStringLiteral("Make a token for --name by which somebody may do what --role may, and print it: "
                       "nobody is told it again. token list lists them, token rotate ID makes another one "
                       "of it, where the old one is good for a day more, token revoke ID ends one, token "
                       "approve CODE lets in the dashboard that shows this code, as --role. By the server "
                       "that has the database, where one runs."),
        QStringLiteral("[token create|list|rotate ID|revoke ID|approve CODE]"));
    Config unread; // the options are asked for their names and helps alone
    const std::vector<Option> options = optionsOf(unread);
    addOptions(parser, options);
    if (!parser.parse(QCoreApplication::arguments())) {
        complain({protocol::ErrorCode::Validation,
                  parser.errorText(),
                  {QStringLiteral("see prism-server --help")}});
        return Misused;
    }
    if (parser.isSet(help))
        parser.showHelp(Done);
    if (parser.isSet(versionOption))
        parser.showVersion();

    const Result<QHash<QString, QString>> values = gatherValues(parser, options);
    if (!values) {
        complain(values.error());
        return Misused;
    }
    const Result<Config> config = Config::make(*values);
    if (!config) {
        complain(config.error());
        return Misused;
    }
    const log::Log log(STDERR_FILENO, config->log);

    QStringList arguments = parser.positionalArguments();
    if (arguments.isEmpty())
        return serve(*config, log, application);
    const QString command = arguments.takeFirst();
    if (command == QLatin1String("import") && !arguments.isEmpty())
        return runImport(arguments, parser.value(QStringLiteral("server")), *config) ? Done : Failed;
    if (command == QLatin1String("check") && arguments.isEmpty())
        return check(*config);
    if (command == QLatin1String("hook")) {
        if (const auto hook = readHookCommand(arguments, parser.value(QStringLiteral("project"))))
            return sayAll(runHookCommand(*hook, *config));
    }
    if (command == QLatin1String("token")) {
        if (const auto token = readTokenCommand(
                arguments, parser.value(QStringLiteral("name")), parser.value(QStringLiteral("role")),
                parser.values(QStringLiteral("project")), parser.value(QStringLiteral("expires-days"))))
            return sayAll(runTokenCommand(*token, *config));
    }
    complain({protocol::ErrorCode::Validation,
              QStringLiteral("The command is import PATH…, check, hook create PROVIDER, hook list, hook "
                             "revoke ID, token create, token list, token rotate ID, token revoke ID, "
                             "token approve CODE, or none to serve."),
              {QStringLiteral("see prism-server --help")}});
    return Misused;
}

} // namespace prism::app
