#include "client/model/workspace.h"
#include "client/ui/command_line.h"
#include "client/ui/language.h"
#include "client/ui/main_window.h"
#include "client/ui/watched_application.h"

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

    ui::WatchedApplication app(argc, argv);
    QApplication::setApplicationName(QStringLiteral("prism-dashboard"));
    QApplication::setApplicationDisplayName(QStringLiteral("PRISM Gateway"));
    QApplication::setDesktopFileName(QStringLiteral("prism-dashboard"));
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));

    ui::Language language;
    language.set(startup.language);
    model::Workspace workspace(startup.server, startup.period);
    ui::MainWindow window(workspace, language);
    window.show();
    workspace.start();
    return QApplication::exec();
}
