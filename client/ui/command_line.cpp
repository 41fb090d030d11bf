#include "client/ui/command_line.h"

#include "client/ui/language.h"
#include "shared/protocol/version.h"

#include <QCommandLineParser>

namespace prism::ui {

namespace {

constexpr int misuse = 2;

constexpr QLatin1String help(R"(Usage: prism-dashboard [options]
Shows live what a PRISM server knows.

Options:
  --server URL     address of the server (default: http://127.0.0.1:3000)
  --period NAME    today, week, month, year or all (default: week)
  --page NAME      dashboard, records or settings (default: dashboard)
  --lang CODE      en or zh_CN (default: as chosen in the window, else the system's)
  -h, --help       show this help
  -v, --version    show the version
)");

Farewell refusal(const QString& why)
{
    return {misuse, QStringLiteral("prism-dashboard: %1\nTry 'prism-dashboard --help'.\n").arg(why)};
}

bool isServer(const QUrl& url)
{
    const bool web = url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https");
    return url.isValid() && web && !url.host().isEmpty();
}

} // namespace

std::variant<Startup, Farewell> readCommandLine(const QStringList& arguments)
{
    QCommandLineParser parser;
    parser.addOptions(
        {{QStringLiteral("server"), {}, QStringLiteral("URL"), QStringLiteral("http://127.0.0.1:3000")},
         {QStringLiteral("period"), {}, QStringLiteral("NAME"), QStringLiteral("week")},
         {QStringLiteral("page"), {}, QStringLiteral("NAME"), toString(Page::Dashboard)},
         {QStringLiteral("lang"), {}, QStringLiteral("CODE"), QLocale::system().name()},
         {{QStringLiteral("h"), QStringLiteral("help")}, {}},
         {{QStringLiteral("v"), QStringLiteral("version")}, {}}});
    if (!parser.parse(arguments))
        return refusal(parser.errorText());
    if (parser.isSet(QStringLiteral("help")))
        return Farewell{0, help};
    if (parser.isSet(QStringLiteral("version")))
        return Farewell{0, QStringLiteral("prism-dashboard %1\n").arg(QLatin1String(version))};
    if (!parser.positionalArguments().isEmpty())
        return refusal(
            QStringLiteral("unexpected argument '%1'").arg(parser.positionalArguments().constFirst()));

    const QString server = parser.value(QStringLiteral("server"));
    const QUrl url(server, QUrl::StrictMode);
    if (!isServer(url))
        return refusal(
            QStringLiteral("'%1' is not the address of a server; it looks like http://127.0.0.1:3000")
                .arg(server));
    const QString periodName = parser.value(QStringLiteral("period"));
    const std::optional<protocol::Period> period = protocol::periodFromString(periodName);
    if (!period)
        return refusal(
            QStringLiteral("unknown period '%1'; it is today, week, month, year or all").arg(periodName));
    const QString pageName = parser.value(QStringLiteral("page"));
    const std::optional<Page> page = pageFromString(pageName);
    if (!page)
        return refusal(
            QStringLiteral("unknown page '%1'; it is dashboard, records or settings").arg(pageName));
    const QString code = parser.value(QStringLiteral("lang"));
    const QLocale wanted = code == QLocale::system().name() ? QLocale::system() : QLocale(code);
    if (parser.isSet(QStringLiteral("lang")) && wanted.language() == QLocale::C)
        return refusal(QStringLiteral("unknown language '%1'; it is en or zh_CN").arg(code));
    Startup startup{url, *period, *page, {}};
    if (parser.isSet(QStringLiteral("lang")))
        startup.language = Language::bestFor(wanted);
    return startup;
}

} // namespace prism::ui
