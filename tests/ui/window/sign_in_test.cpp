#include "tests/ui/window/sign_in_test.h"

#include <QDialog>
#include <QDirIterator>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

#include <utility>

namespace prism::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

void SignInTest::openServer(const TlsIdentity* identity)
{
    startServer(QStringList{u"--auth"_s, u"on"_s} + (identity ? identity->options() : QStringList()));
    if (identity)
        m_client = std::make_unique<RestClient>(m_server->httpUrl(), identity->client());
    m_admin = made(u"admin"_s);
    QVERIFY(!m_admin.isEmpty());
    m_folder = std::make_unique<QTemporaryDir>();
    m_profiles = std::make_unique<model::ProfileStore>(profilesFile());
    QVERIFY(m_profiles->store({u"ours"_s, m_server->httpUrl()}));
    QVERIFY(m_profiles->remove(u"local"_s));
}

void SignInTest::closeServer()
{
    closeWindow();
    m_profiles.reset();
    m_folder.reset();
    stopServer();
}

QByteArray SignInTest::made(const QString& role) const
{
    const ProgramResult result =
        ServerProcess::run({u"token"_s, u"create"_s, u"--name"_s, u"the "_s + role, u"--role"_s, role,
                            u"--data-dir"_s, m_server->dataDir()});
    const QList<QByteArray> lines = result.output.split('\n');
    for (const QByteArray& line : lines) {
        if (line.startsWith("token "))
            return line.sliced(6).trimmed();
    }
    return {};
}

void SignInTest::revoke(const QByteArray& token)
{
    QCOMPARE(m_client->remove("/api/v1/auth/tokens/" + idOf(token), {{"Authorization", "Bearer " + m_admin}})
                 .status,
             200);
}

void SignInTest::report(const QByteArray& status)
{
    QCOMPARE(m_client
                 ->post("/api/v1/gateway/checks", fill(R"({"status": "%1"})", status),
                        {{"Authorization", "Bearer " + m_admin}})
                 .status,
             201);
}

qint64 SignInTest::answered(const QByteArray& status) const
{
    qint64 sum = 0;
    const QList<QByteArray> lines =
        m_client->get("/metrics", {{"Authorization", "Bearer " + m_admin}}).body.split('\n');
    for (const QByteArray& line : lines) {
        if (line.startsWith("prism_http_requests_total{") && !line.contains("/metrics") &&
            (status.isEmpty() || line.contains("status=\"" + status + '"')))
            sum += line.sliced(line.lastIndexOf(' ') + 1).toLongLong();
    }
    return sum;
}

qint64 SignInTest::settled() const
{
    qint64 count = -1;
    const auto isSettled = [&] {
        const qint64 before = std::exchange(count, answered());
        return before == count;
    };
    return QTest::qWaitFor(isSettled) ? count : -1;
}

void SignInTest::openWindow(const QByteArray& given)
{
    net::Options options;
    options.timing.firstRetry = 50ms;
    options.timing.longestRetry = 100ms;
    options.timing.pollInterval = 100ms;
    options.timing.refreshInterval = 200ms;
    options.timing.pairingPoll = 50ms;
    const model::Profile profile = m_profiles->profiles().constFirst();
    m_language = std::make_unique<ui::Language>();
    m_language->set({QLocale::English, QLocale::UnitedStates});
    m_workspace = std::make_unique<model::Workspace>(profile.server, protocol::Period::Week, options);
    m_preferences = std::make_unique<model::Preferences>(m_folder->filePath(u"config/preferences.ini"_s));
    m_window = std::make_unique<ui::MainWindow>(*m_workspace, *m_preferences, *m_language);
    m_window->setProfiles(*m_profiles, profile);
    m_pins = std::make_unique<model::PinKeeper>(profile, *m_profiles, m_workspace->trust());
    m_files = std::make_unique<model::FileSecrets>(dataFolder());
    m_keeper = std::make_unique<model::TokenKeeper>(profile, *m_profiles, m_workspace->access(),
                                                    model::TokenKeeper::Places{nullptr, *m_files});
    m_window->resize(1280, 860);
    m_window->show();
    connect(m_keeper.get(), &model::TokenKeeper::ready, m_workspace.get(), &model::Workspace::start);
    if (profile.token)
        m_workspace->reload(); // which is too early, and asks nothing
    m_keeper->begin(given);
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void SignInTest::closeWindow()
{
    m_window.reset();
    m_keeper.reset();
    m_pins.reset();
    m_preferences.reset();
    m_workspace.reset();
    m_language.reset();
    m_files.reset();
}

QWidget* SignInTest::dialog() const
{
    return find<QDialog>("sign-in-dialog");
}

QString SignInTest::said(const char* name) const
{
    const auto* label = find<QLabel>(name);
    return label && label->isVisible() ? label->text() : QString();
}

void SignInTest::openDialog()
{
    if (!dialog()) {
        auto* offer = find<QPushButton>("access-sign-in");
        if (!offer->isVisible())
            offer = find<QPushButton>("retry");
        QVERIFY(offer->isVisible());
        QTest::mouseClick(offer, Qt::LeftButton);
    }
    QTRY_VERIFY(dialog() && dialog()->isVisible());
}

void SignInTest::signIn(const QByteArray& token)
{
    openDialog();
    auto* field = find<QLineEdit>("sign-in-token");
    field->setText(QString::fromUtf8(token));
    QTest::keyClick(field, Qt::Key_Return);
}

QStringList SignInTest::tokenFiles() const
{
    const QDir folder(dataFolder());
    QStringList paths;
    const QStringList names = folder.entryList({u"token-*"_s}, QDir::Files);
    for (const QString& name : names)
        paths.append(folder.filePath(name));
    return paths;
}

QStringList SignInTest::filesWith(const QByteArray& text) const
{
    QStringList found;
    QDirIterator files(m_folder->path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.fileName().contains(u"/token-"_s) && file.open(QIODevice::ReadOnly) &&
            file.readAll().contains(text))
            found.append(file.fileName());
    }
    return found;
}

} // namespace prism::test
