#include "client/model/preferences.h"
#include "client/model/workspace.h"
#include "client/ui/appearance.h"
#include "client/ui/command_line.h"
#include "client/ui/language.h"
#include "client/ui/main_window.h"

#include <QApplication>
#include <QStandardPaths>
#include <QStyleFactory>

#include <cstdio>

int main(int argc, char* argv[])
{
    using namespace prism;

    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    const auto outcome = ui::readCommandLine(arguments);
    if (const auto* farewell = std::get_if<ui::Farewell>(&outcome)) {
        std::fputs(qUtf8Printable(farewell->text), farewell->exitCode == 0 ? stdout : stderr);
        return farewell->exitCode;
    }
    const auto& startup = std::get<ui::Startup>(outcome);

    QApplication app(argc, argv);
    QApplication::setApplicationName(QStringLiteral("prism-dashboard"));
    QApplication::setApplicationDisplayName(QStringLiteral("PRISM Gateway"));
    QApplication::setDesktopFileName(QStringLiteral("prism-dashboard"));
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));

    model::Preferences preferences(QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation) +
                                   QStringLiteral("/preferences.ini"));
    ui::Language language;
    language.set(startup.language.value_or(ui::Language::localeOf(preferences.language())));
    const ui::Appearance appearance(preferences);
    model::Workspace workspace(startup.server, startup.period);
    workspace.follow(preferences);
    ui::MainWindow window(workspace, preferences, language);
    window.setPage(startup.page);
    window.show();
    workspace.start();
    return QApplication::exec();
}
