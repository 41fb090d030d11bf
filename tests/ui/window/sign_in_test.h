#pragma once

#include "client/model/file_secrets.h"
#include "client/model/pin_keeper.h"
#include "client/model/preferences.h"
#include "client/model/profile_store.h"
#include "client/model/token_keeper.h"
#include "client/model/workspace.h"
#include "client/ui/application/language.h"
#include "client/ui/window/main_window.h"
#include "tests/support/server_test.h"
#include "tests/support/tls_identity.h"

#include <QTemporaryDir>

namespace prism::test {

/// A window of a real server that asks everybody for a token, with folders of its own and no keychain. Lives
/// on the main thread.
class SignInTest : public ServerTest
{
    Q_OBJECT

protected:
    /// By https where there is an identity, which outlives the server.
    void openServer(const TlsIdentity* identity = nullptr);
    void closeServer();

    /// A new token of this role.
    QByteArray made(const QString& role) const;
    static QByteArray idOf(const QByteArray& token) { return token.split('_').value(1); }
    static QByteArray secretOf(const QByteArray& token) { return token.split('_').value(2); }
    void revoke(const QByteArray& token);
    void report(const QByteArray& status = "PASS");
    /// How many requests the server has answered, with that status or any, the one for this left out.
    qint64 answered(const QByteArray& status = {}) const;

    /// The same once none comes any more: what was asked before may still be on its way.
    qint64 settled() const;

    /// Shows the window of the profile that there is.
    void openWindow(const QByteArray& given = {});
    void closeWindow();
    void openDialog();
    void signIn(const QByteArray& token);
    QWidget* dialog() const;
    QString said(const char* name) const;
    template <typename Widget>
    Widget* find(const char* name) const
    {
        return m_window->findChild<Widget*>(QLatin1String(name));
    }

    QString profilesFile() const { return m_folder->filePath(QStringLiteral("config/profiles.ini")); }
    QString dataFolder() const { return m_folder->filePath(QStringLiteral("data")); }
    QStringList tokenFiles() const;
    /// The files, without those of tokens, in which this stands.
    QStringList filesWith(const QByteArray& text) const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<model::ProfileStore> m_profiles;
    std::unique_ptr<model::FileSecrets> m_files;
    std::unique_ptr<model::Workspace> m_workspace;
    std::unique_ptr<model::Preferences> m_preferences;
    std::unique_ptr<ui::Language> m_language;
    std::unique_ptr<ui::MainWindow> m_window;
    std::unique_ptr<model::PinKeeper> m_pins;
    std::unique_ptr<model::TokenKeeper> m_keeper;
    QByteArray m_admin;
};

} // namespace prism::test
