#include "tests/api/hook_sender.h"
#include "tests/support/payload.h"
#include "tests/support/server_test.h"
#include "tests/support/test_program.h"

#include <QDir>
#include <QFileInfo>
#include <QLocalServer>
#include <QLocalSocket>
#include <QSet>
#include <QTest>

namespace tst_hook_command {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int failed = 1;
constexpr int misused = 2;
constexpr QFileDevice::Permissions ofOwner =
    QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ReadUser | QFileDevice::WriteUser;

} // namespace

/// prism-server hook …, with and without a server that has the database.
class TestHookCommand : public ServerTest
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;

    ProgramResult run(const QStringList& arguments) const
    {
        return ServerProcess::run(withData(m_folder->path(), QStringList{u"hook"_s} + arguments));
    }

    QString socketPath() const { return m_folder->filePath(u"admin.sock"_s); }

    void start()
    {
        m_server = std::make_unique<ServerProcess>();
        m_server->setDataDir(m_folder->path());
        QVERIFY(m_server->start());
        m_client = std::make_unique<RestClient>(m_server->httpUrl());
    }

    HookSender make(const QByteArray& provider, const QStringList& more = {})
    {
        const HookSender hook = HookSender::made(provider, m_folder->path(), more);
        if (!hook.isMade())
            QTest::qFail("no hook was made", __FILE__, __LINE__);
        return hook;
    }

    static QByteArray idOf(const HookSender& hook)
    {
        return hook.address.sliced(hook.address.lastIndexOf('/') + 1);
    }

    /// What the socket says to this line; empty where it closes.
    QByteArray ask(const QByteArray& line) const
    {
        QLocalSocket socket;
        socket.connectToServer(socketPath());
        if (!socket.waitForConnected())
            return "no connection";
        socket.write(line);
        while (!socket.canReadLine() && socket.waitForReadyRead()) {
        }
        return socket.readAll();
    }

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void cleanup() { stopServer(); }

    void hook_isMadeListedAndRevoked_data()
    {
        QTest::addColumn<bool>("isServed");
        QTest::newRow("on the database itself") << false;
        QTest::newRow("by the server that has it") << true;
    }

    void hook_isMadeListedAndRevoked()
    {
        QFETCH(const bool, isServed);
        if (isServed)
            start();
        const HookSender first = make("github", {u"--project"_s, u"shop"_s});
        const HookSender second = make("sonarqube");
        QVERIFY(first.address.startsWith("/api/v1/hooks/github/"));
        QVERIFY(second.address.startsWith("/api/v1/hooks/sonarqube/"));
        QVERIFY(first.secret != second.secret);
        QVERIFY(first.secret.startsWith("whsec_"));
        QCOMPARE(QByteArray::fromBase64(first.secret.sliced(6)).size(), 32);

        const ProgramResult list = run({u"list"_s});
        QCOMPARE(list.exitCode, 0);
        const QList<QByteArray> lines = list.output.trimmed().split('\n');
        QCOMPARE(lines.size(), 2);
        QVERIFY(lines[0].startsWith(idOf(first)) && lines[0].endsWith("github  shop"));
        QVERIFY(lines[1].startsWith(idOf(second)) && lines[1].endsWith("sonarqube"));
        QVERIFY(!list.output.contains("whsec_"));

        if (!isServed)
            start();
        const QJsonObject told = ofYesterday(payload("github_check_run"));
        QCOMPARE(first.send(*m_client, told).status, 201);
        if (!isServed)
            stopServer();
        const ProgramResult revoked = run({u"revoke"_s, QString::fromLatin1(idOf(first))});
        QVERIFY2(revoked.exitCode == 0, revoked.errors);
        if (!isServed)
            start();
        QCOMPARE(first.send(*m_client, told).status, 401);
        if (!isServed)
            stopServer();
        QCOMPARE(run({u"list"_s}).output.trimmed().count('\n'), 0);
        QCOMPARE(run({u"revoke"_s, QString::fromLatin1(idOf(first))}).exitCode, failed);
    }

    void nonsense_isRefused_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("code");
        QTest::addColumn<QByteArray>("reason");
        QTest::newRow("nothing") << QStringList() << misused << "hook create PROVIDER"_ba;
        QTest::newRow("unknown") << QStringList{u"rotate"_s, u"x"_s} << misused << "hook create PROVIDER"_ba;
        QTest::newRow("no provider") << QStringList{u"create"_s} << misused << "hook create PROVIDER"_ba;
        QTest::newRow("more") << QStringList{u"list"_s, u"all"_s} << misused << "hook create PROVIDER"_ba;
        QTest::newRow("provider") << QStringList{u"create"_s, u"gitea"_s} << failed
                                  << "provider: must be one of github, gitlab, sonarqube"_ba;
        QTest::newRow("project") << QStringList{u"create"_s, u"github"_s, u"--project"_s, QString(101, u'x')}
                                 << failed << "project: "_ba;
        QTest::newRow("nobody") << QStringList{u"revoke"_s, u"nobody"_s} << failed
                                << "no hook with this id"_ba;
        QTest::newRow("too many") << QStringList{u"create"_s, u"github"_s, u"--max-hooks"_s, u"0"_s}
                                  << misused << "max-hooks"_ba;
    }

    void nonsense_isRefused()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const int, code);
        QFETCH(const QByteArray, reason);
        const ProgramResult result = run(arguments);
        QCOMPARE(result.exitCode, code);
        QVERIFY2(result.errors.contains(reason), result.errors);
        QVERIFY(result.output.isEmpty());
    }

    void moreThanAreAllowed_areRefused()
    {
        make("github");
        const ProgramResult result = run({u"create"_s, u"gitlab"_s, u"--max-hooks"_s, u"1"_s});
        QCOMPARE(result.exitCode, failed);
        QVERIFY2(result.errors.contains("--max-hooks"), result.errors);
        QCOMPARE(run({u"list"_s}).output.trimmed().count('\n'), 0);
    }

    void files_areForTheirOwnUser()
    {
        start();
        make("github");
        QCOMPARE(QFileInfo(socketPath()).permissions(), ofOwner);
        const QFileInfoList files = QDir(m_folder->path()).entryInfoList(QDir::Files);
        QVERIFY(!files.isEmpty());
        for (const QFileInfo& file : files)
            QVERIFY2((file.permissions() & ~ofOwner) == 0, qPrintable(file.fileName()));
        QCOMPARE(m_server->terminate(), 0);
        QVERIFY(!QFileInfo::exists(socketPath()));
    }

    void socketOfAKilledServer_isTakenOver()
    {
        start();
        m_server->kill9();
        QVERIFY(QFileInfo::exists(socketPath()));
        make("github"); // by the database itself
        start();
        make("gitlab");
        QCOMPARE(run({u"list"_s}).output.trimmed().count('\n'), 1);
    }

    void socket_saysWhatIsWrong()
    {
        start();
        const QByteArray file = m_folder->filePath(u"prism.db"_s).toUtf8();
        const auto line = [&](const QByteArray& more) {
            return "{\"database\":\"" + file + '"' + more + "}\n";
        };
        QVERIFY(ask(line(",\"command\":\"hook list\"")).contains("\"success\":true"));
        QVERIFY(ask("nonsense\n").contains("ERR_1002"));
        QVERIFY(ask(line("")).contains("command: is required"));
        QVERIFY(ask(line(",\"command\":\"halt\"")).contains("command: must be one of"));
        QVERIFY(ask(line(",\"command\":\"hook list\",\"more\":1")).contains("more: "));
        QVERIFY(ask("{\"database\":\"/other.db\",\"command\":\"hook list\"}\n").contains("another database"));
        QCOMPARE(ask(QByteArray(20'000, 'x')), QByteArray()); // no line
        QVERIFY(ask(line(",\"command\":\"hook list\"")).contains("\"success\":true"));
    }

    /// They share a folder, and only the first can be reached in it.
    void serverOfAnotherDatabase_leavesTheSocketAlone()
    {
        start();
        ServerProcess other({u"--database"_s, u"sqlite:other.db"_s});
        other.setDataDir(m_folder->path());
        QVERIFY(other.start());
        make("github");
        const ProgramResult result = run({u"create"_s, u"github"_s, u"--database"_s, u"sqlite:other.db"_s});
        QCOMPARE(result.exitCode, failed);
        QVERIFY2(result.errors.contains("another database"), result.errors);
        QCOMPARE(other.terminate(), 0);
        QVERIFY(QFileInfo::exists(socketPath()));
    }
};

PRISM_TEST(TestHookCommand)

} // namespace tst_hook_command

#include "tst_hook_command.moc"
