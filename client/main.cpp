#include "client/desktop/dbus_notifier.h"
#include "client/desktop/keychain.h"
#include "client/desktop/single_instance.h"
#include "client/desktop/surroundings.h"
#include "client/desktop/termination.h"
#include "client/desktop/window_memory.h"
#include "client/model/first_sign_in.h"
#include "client/model/given_token.h"
#include "client/model/pin_keeper.h"
#include "client/model/preferences.h"
#include "client/model/profile_store.h"
#include "client/model/token_keeper.h"
#include "client/model/workspace.h"
#include "client/ui/application/appearance.h"
#include "client/ui/application/command_line.h"
#include "client/ui/application/language.h"
#include "client/ui/application/watched_application.h"
#include "client/ui/window/main_window.h"

#include <QDir>
#include <QProcess>
#include <QStandardPaths>
#include <QStyleFactory>

#include <cstdio>

using namespace prism;

namespace {

int leave(const ui::Farewell& farewell)
{
    std::fputs(qUtf8Printable(farewell.text), farewell.exitCode == 0 ? stdout : stderr);
    return farewell.exitCode;
}

QString folder(QStandardPaths::StandardLocation location)
{
    const QString path = QStandardPaths::writableLocation(location);
    QDir().mkpath(path);
    return path;
}

int run(const ui::Startup& startup, desktop::Termination& termination)
{
    const QString config = folder(QStandardPaths::AppConfigLocation);
    model::ProfileStore profiles(config + QStringLiteral("/profiles.ini"));
    const std::optional<model::Profile> profile = profiles.choose(startup.profile, startup.server);
    if (!profile)
        return leave(
            ui::misuse(QStringLiteral("there is no profile '%1'; --server makes one").arg(startup.profile)));
    const protocol::Result<QByteArray> given =
        model::takeTokenFromEnvironment(profile->server, startup.server.has_value());
    if (!given)
        std::fputs(qUtf8Printable(QStringLiteral("prism-dashboard: %1\n").arg(given.error().message)),
                   stderr);
    QByteArray wanted;
    if (!startup.tokenFile.isEmpty()) {
        const protocol::Result<QByteArray> token = model::tokenInFile(startup.tokenFile);
        if (!token)
            return leave(ui::misuse(token.error().message));
        wanted = *token;
    }
    desktop::SingleInstance instance(folder(QStandardPaths::RuntimeLocation), profile->key());
    switch (instance.claim({startup.period, startup.page})) {
    case desktop::SingleInstance::Role::Later:
        if (wanted.isEmpty())
            return 0;
        return leave({1, QStringLiteral("prism-dashboard: a window of this profile is open already, so that "
                                        "--token-file is not used; sign in there, or close it first\n")});
    case desktop::SingleInstance::Role::Stuck:
        return leave(
            {1, QStringLiteral(
                    "prism-dashboard: a window of this profile is open already and does not answer\n")});
    case desktop::SingleInstance::Role::First:
        break;
    }

    model::Preferences preferences(config + QStringLiteral("/preferences.ini"));
    ui::Language language;
    language.set(startup.language.value_or(ui::Language::localeOf(preferences.language())));
    const ui::Appearance appearance(preferences);
    desktop::WindowMemory memory(config + QStringLiteral("/windows.ini"), profile->key());
    model::Workspace workspace(profile->server,
                               startup.period.value_or(memory.period().value_or(protocol::Period::Week)));
    workspace.follow(preferences);
    const model::PinKeeper pins(*profile, profiles, workspace.trust());
    const auto keychain = desktop::Keychain::ofDesktop();
    model::FileSecrets files(folder(QStandardPaths::AppDataLocation));
    model::TokenKeeper tokens(*profile, profiles, workspace.access(), {keychain.get(), files});
    model::FirstSignIn first(workspace.access(), {});
    ui::MainWindow window(workspace, preferences, language);
    window.setProfiles(profiles, *profile);
    desktop::DbusNotifier notifier(QDBusConnection::sessionBus());
    desktop::Surroundings surroundings(
        *profile, {workspace, preferences, language, window, memory, notifier},
        {folder(QStandardPaths::CacheLocation), folder(QStandardPaths::AppDataLocation)});
    window.setPage(startup.page.value_or(memory.page().value_or(ui::Page::Dashboard)));
    QObject::connect(&window, &ui::MainWindow::profileChosen, &window, [](const QString& name) {
        QProcess::startDetached(QCoreApplication::applicationFilePath(), {QStringLiteral("--profile"), name});
    });
    QObject::connect(&instance, &desktop::SingleInstance::activationRequested, &surroundings,
                     &desktop::Surroundings::activate);
    QObject::connect(&termination, &desktop::Termination::requested, qApp, &QCoreApplication::quit);
    termination.listen();
    window.show();
    QObject::connect(&first, &model::FirstSignIn::failed, &window, &ui::MainWindow::sayGivenTokenFailed);
    QObject::connect(&tokens, &model::TokenKeeper::ready, &workspace, [&workspace, &first, &wanted] {
        workspace.start();
        if (!wanted.isEmpty())
            first.begin(wanted);
    });
    tokens.begin(given.value_or(QByteArray()));
    const int code = QApplication::exec();
    window.hide();
    tokens.settle(std::chrono::seconds(2));
    return code;
}

} // namespace

int main(int argc, char* argv[])
{
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    const auto outcome = ui::readCommandLine(arguments);
    if (const auto* farewell = std::get_if<ui::Farewell>(&outcome))
        return leave(*farewell);

    desktop::Termination termination;
    ui::WatchedApplication app(argc, argv);
    QApplication::setApplicationName(QStringLiteral("prism-dashboard"));
    QApplication::setApplicationDisplayName(QStringLiteral("PRISM Gateway"));
    QApplication::setDesktopFileName(QStringLiteral("prism-dashboard"));
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    return run(std::get<ui::Startup>(outcome), termination);
}
