#include "client/ui/application/command_line.h"

#include "client/model/profile_store.h"
#include "client/ui/application/language.h"
#include "shared/protocol/version.h"

#include <QCommandLineParser>

namespace prism::ui {

namespace {

constexpr int misuseCode = 2;

constexpr QLatin1String help(R"(Usage: prism-dashboard [options]
Shows live what a PRISM server knows.

Options:
  --server URL     address of the server (default: the profile's; at first http://127.0.0.1:3000)
  --profile NAME   a server that has a name; a new name together with --server is kept
  --token-file FILE  sign in by the token in this file once the server answers, and keep it
  --period NAME    today, week, month, year or all (default: as it was left, else week)
  --page NAME      dashboard, records or settings (default: as it was left, else dashboard)
  --lang CODE      en or zh_CN (default: as chosen in the window, else the system's)
  -h, --help       show this help
  -v, --version    show the version

The environment:
  PRISM_TOKEN      who is asking, where the profile has no token; it is not kept
  PRISM_URL        the server that PRISM_TOKEN is for (default: that of --server)
)");

} // namespace

Farewell misuse(const QString& why)
{
    return {misuseCode, QStringLiteral("prism-dashboard: %1\nTry 'prism-dashboard --help'.\n").arg(why)};
}

std::variant<Startup, Farewell> readCommandLine(const QStringList& arguments)
{
    QCommandLineParser parser;
    parser.addOptions({{QStringLiteral("server"), {}, QStringLiteral("URL")},
                       {QStringLiteral("profile"), {}, QStringLiteral("NAME")},
                       {QStringLiteral("token-file"), {}, QStringLiteral("FILE")},
                       {QStringLiteral("period"), {}, QStringLiteral("NAME")},
                       {QStringLiteral("page"), {}, QStringLiteral("NAME")},
                       {QStringLiteral("lang"), {}, QStringLiteral("CODE"), QLocale::system().name()},
                       {{QStringLiteral("h"), QStringLiteral("help")}, {}},
                       {{QStringLiteral("v"), QStringLiteral("version")}, {}}});
    if (!parser.parse(arguments))
        return misuse(parser.errorText());
    if (parser.isSet(QStringLiteral("help")))
        return Farewell{0, help};
    if (parser.isSet(QStringLiteral("version")))
        return Farewell{0, QStringLiteral("prism-dashboard %1\n").arg(QLatin1String(version))};
    if (!parser.positionalArguments().isEmpty())
        return misuse(
            QStringLiteral("unexpected argument '%1'").arg(parser.positionalArguments().constFirst()));

    Startup startup;
    startup.profile = parser.value(QStringLiteral("profile")).simplified();
    if (parser.isSet(QStringLiteral("profile")) &&
        (startup.profile.isEmpty() || startup.profile.size() > model::Profile::longestName))
        return misuse(
            QStringLiteral("a profile's name has 1 to %1 characters").arg(model::Profile::longestName));
    const QString server = parser.value(QStringLiteral("server"));
    if (parser.isSet(QStringLiteral("server")))
        startup.server = QUrl(server, QUrl::StrictMode);
    if (startup.server && !model::Profile::isServer(*startup.server))
        return misuse(
            QStringLiteral("'%1' is not the address of a server; it looks like http://127.0.0.1:3000")
                .arg(server));
    if (startup.server && model::Profile::namesMore(*startup.server))
        return misuse(
            QStringLiteral("'%1' names more than a server; leave out what follows its host and port")
                .arg(server));
    startup.tokenFile = parser.value(QStringLiteral("token-file"));
    const QString period = parser.value(QStringLiteral("period"));
    startup.period = protocol::periodFromString(period);
    if (parser.isSet(QStringLiteral("period")) && !startup.period)
        return misuse(
            QStringLiteral("unknown period '%1'; it is today, week, month, year or all").arg(period));
    const QString page = parser.value(QStringLiteral("page"));
    startup.page = pageFromString(page);
    if (parser.isSet(QStringLiteral("page")) && !startup.page)
        return misuse(QStringLiteral("unknown page '%1'; it is dashboard, records or settings").arg(page));
    const QString code = parser.value(QStringLiteral("lang"));
    const QLocale wanted = code == QLocale::system().name() ? QLocale::system() : QLocale(code);
    if (parser.isSet(QStringLiteral("lang")) && wanted.language() == QLocale::C)
        return misuse(QStringLiteral("unknown language '%1'; it is en or zh_CN").arg(code));
    if (parser.isSet(QStringLiteral("lang")))
        startup.language = Language::bestFor(wanted);
    return startup;
}

} // namespace prism::ui
