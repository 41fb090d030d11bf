#include "shared/protocol/version.h"
#include "tests/api/scenario.h"
#include "tests/support/test_program.h"

#include <QJsonDocument>
#include <QTcpServer>
#include <QTest>

#include <csignal>

namespace tst_command_line {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray records = "/api/v1/analytics/records";

constexpr int cannotStart = 1;
constexpr int usageError = 2;

} // namespace

/// Options, where they come from, and how the program begins and ends.
class TestCommandLine : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_data = std::make_unique<QTemporaryDir>(); }

    void help_namesEveryOptionWithItsDefault()
    {
        const ProgramResult result = ServerProcess::run({u"--help"_s});
        QCOMPARE(result.exitCode, 0);
        for (const char* text : {"--listen",
                                 "127.0.0.1:3000",
                                 "--ws-listen",
                                 "127.0.0.1:3001",
                                 "--data-dir",
                                 "--database",
                                 "--config",
                                 "--timezone",
                                 "--workers",
                                 "--max-connections",
                                 "10000",
                                 "--max-connections-per-address",
                                 "--probe-connections",
                                 "--max-unsent-bytes",
                                 "--max-unfinished-bytes",
                                 "67108864",
                                 "--min-read-rate",
                                 "--log-level",
                                 "--log-format",
                                 "--allow-origin",
                                 "--allow-host",
                                 "--insecure-no-auth",
                                 "--auth",
                                 "--max-header-bytes",
                                 "16384",
                                 "--max-body-bytes",
                                 "1048576",
                                 "--max-bulk-bytes",
                                 "10485760",
                                 "--max-message-bytes",
                                 "65536",
                                 "--request-timeout",
                                 "--idle-timeout",
                                 "--handshake-timeout",
                                 "--max-json-depth",
                                 "32",
                                 "--write-queue-limit",
                                 "--backlog-events",
                                 "--backlog-bytes",
                                 "--slow-timeout",
                                 "--heartbeat-interval",
                                 "--max-hooks",
                                 "--hook-tolerance",
                                 "import",
                                 "hook create PROVIDER",
                                 "token create",
                                 "--audit-days",
                                 "--max-tokens",
                                 "--tls-cert",
                                 "--tls-key",
                                 "--tls-handshake-timeout",
                                 "--max-tls-handshakes",
                                 "PRISM_"})
            QVERIFY2(result.output.contains(text), text);
    }

    void version_isPrinted()
    {
        const ProgramResult result = ServerProcess::run({u"--version"_s});
        QCOMPARE(result.exitCode, 0);
        QCOMPARE(result.output.trimmed(), "prism-server " + QByteArray(prism::version));
    }

    void start_withNonsense_isRefusedWithAReason_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("reason");
        const auto row = [](const QStringList& arguments, const QByteArray& reason) {
            QTest::newRow(qPrintable(arguments.join(u' '))) << arguments << reason;
        };
        row({u"--no-such-option"_s}, "no-such-option");
        row({u"--listen"_s, u"nonsense"_s}, "listen");
        row({u"--listen"_s, u"127.0.0.1:99999"_s}, "listen");
        row({u"--listen"_s, u"127.0.0.1:"_s}, "listen");
        row({u"--ws-listen"_s, u"on"_s}, "ws-listen");
        row({u"--max-connections"_s, u"-3"_s}, "max-connections");
        row({u"--max-connections"_s, u"many"_s}, "max-connections");
        row({u"--workers"_s, u"-1"_s}, "workers");
        row({u"--request-timeout"_s, u"soon"_s}, "request-timeout");
        row({u"--timezone"_s, u"Mars/Olympus"_s}, "timezone");
        row({u"--log-level"_s, u"shouting"_s}, "log-level");
        row({u"--log-format"_s, u"xml"_s}, "log-format");
        row({u"--auth"_s, u"maybe"_s}, "auth");
        row({u"--database"_s, u"oracle:x"_s}, "database");
        row({u"--config"_s, u"/nonexistent/prism.ini"_s}, "/nonexistent/prism.ini");
        row({u"unknown-command"_s}, "import");
        row({u"hook"_s}, "hook create PROVIDER");
        row({u"--hook-tolerance"_s, u"0"_s}, "hook-tolerance");
    }

    void start_withNonsense_isRefusedWithAReason()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const QByteArray, reason);
        const ProgramResult result =
            ServerProcess::run(QStringList{u"--listen"_s, u"127.0.0.1:0"_s, u"--ws-listen"_s,
                                           u"127.0.0.1:0"_s, u"--data-dir"_s, m_data->path()} +
                               arguments);
        QVERIFY(result.finished);
        QCOMPARE(result.exitCode, usageError);
        QVERIFY2(result.errors.contains(reason), result.errors.constData());
        QVERIFY2(result.output.isEmpty(), result.output.constData());
    }

    void start_withAFolderThatCannotBe_isRefused()
    {
        const ProgramResult result = ServerProcess::run(
            {u"--listen"_s, u"127.0.0.1:0"_s, u"--ws-listen"_s, u"off"_s, u"--data-dir"_s, u"/proc/prism"_s});
        QVERIFY(result.finished);
        QCOMPARE(result.exitCode, cannotStart);
        QVERIFY2(result.errors.contains("/proc/prism"), result.errors.constData());
    }

    void start_onATakenPort_isRefusedWithNothingHalfStarted_data()
    {
        QTest::addColumn<bool>("http");
        QTest::newRow("http") << true;
        QTest::newRow("ws") << false;
    }

    void start_onATakenPort_isRefusedWithNothingHalfStarted()
    {
        QFETCH(const bool, http);
        QTcpServer taken;
        QVERIFY(taken.listen(QHostAddress::LocalHost));
        const QString takenAddress = u"127.0.0.1:%1"_s.arg(taken.serverPort());
        const ProgramResult result =
            ServerProcess::run({u"--listen"_s, http ? takenAddress : u"127.0.0.1:0"_s, u"--ws-listen"_s,
                                http ? u"127.0.0.1:0"_s : takenAddress, u"--data-dir"_s, m_data->path()});
        QVERIFY(result.finished);
        QCOMPARE(result.exitCode, cannotStart);
        QVERIFY2(result.errors.contains(takenAddress.toLatin1()), result.errors.constData());
        QVERIFY2(!result.output.contains("ready"), result.output.constData());
        QVERIFY2(QDir(m_data->path()).isEmpty(), "a database was made by a server that did not start");
    }

    void start_beyondLoopback_isRefusedUnlessInsisted()
    {
        const ProgramResult refused = ServerProcess::run(
            {u"--listen"_s, u"0.0.0.0:0"_s, u"--ws-listen"_s, u"off"_s, u"--data-dir"_s, m_data->path()});
        QVERIFY(refused.finished);
        QCOMPARE(refused.exitCode, usageError);
        QVERIFY2(refused.errors.contains("--insecure-no-auth"), refused.errors.constData());

        ServerProcess server(
            {u"--listen"_s, u"0.0.0.0:0"_s, u"--ws-listen"_s, u"off"_s, u"--insecure-no-auth"_s});
        server.expectWarning(u"authentication is off"_s);
        QVERIFY(server.start());
        QTRY_VERIFY2(server.log().contains(u"warning"), qPrintable(server.log()));
        RestClient client(server.httpUrl());
        for (const char* host : {"localhost", "127.0.0.1:1", "0.0.0.0:1"})
            QCOMPARE(client.get("/health", {{"Host", host}}).status, 200);
        // A page can have its own name lead here, and would read everything.
        const HttpResponse other = client.get("/health", {{"Host", "gateway.example"}});
        QCOMPARE(other.status, 403);
        QVERIFY2(other.details().contains(u"--allow-host"_s), other.summary().constData());
    }

    void hostsThatAreAllowed_areAnswered()
    {
        for (const QString& address : {u"0.0.0.0:0"_s, u"127.0.0.1:0"_s}) {
            ServerProcess server({u"--listen"_s, address, u"--insecure-no-auth"_s, u"--allow-host"_s,
                                  u"Gateway.example,10.0.0.1"_s});
            server.expectWarning(u"authentication is off"_s);
            QVERIFY(server.start());
            RestClient client(server.httpUrl());
            for (const char* host : {"gateway.example", "GATEWAY.example:81", "10.0.0.1:1", "localhost"}) {
                QCOMPARE(client.get("/health", {{"Host", host}}).status, 200);
                const HttpResponse page = client.get(
                    "/health", {{"Host", host}, {"Origin", "http://"_ba + QByteArray(host).toLower()}});
                QCOMPARE(page.status, 200);
            }
            for (const char* host : {"other.example", "a.gateway.example", "10.0.0.2"})
                QCOMPARE(client.get("/health", {{"Host", host}}).status, 403);
        }
    }

    void start_beyondLoopbackForWebSocketsOnly_isRefusedToo()
    {
        const ProgramResult refused = ServerProcess::run({u"--listen"_s, u"127.0.0.1:0"_s, u"--ws-listen"_s,
                                                          u"0.0.0.0:0"_s, u"--data-dir"_s, m_data->path()});
        QCOMPARE(refused.exitCode, usageError);
    }

    void wsListen_off_leavesOnePort()
    {
        ServerProcess server({u"--ws-listen"_s, u"off"_s});
        QVERIFY(server.start());
        QCOMPARE(server.wsPort(), server.httpPort());
    }

    void standardOutput_hasTheReadyLineAlone()
    {
        QProcess process;
        process.start(ServerProcess::binary(), {u"--listen"_s, u"127.0.0.1:0"_s, u"--ws-listen"_s,
                                                u"127.0.0.1:0"_s, u"--data-dir"_s, m_data->path()});
        QByteArray output;
        while (!output.contains('\n') && process.waitForReadyRead(20000))
            output += process.readAllStandardOutput();
        process.terminate();
        QVERIFY(process.waitForFinished(20000));
        output += process.readAllStandardOutput();
        const QRegularExpression line(
            u"\\Aready http=http://127\\.0\\.0\\.1:\\d+ ws=ws://127\\.0\\.0\\.1:\\d+/ws\\n\\z"_s);
        QVERIFY2(line.match(QString::fromLatin1(output)).hasMatch(), output.constData());
    }

    void secondServer_onTheSameData_isRefusedWithTheFirstOnesAddress()
    {
        ServerProcess first;
        first.setDataDir(m_data->path());
        QVERIFY(first.start());
        const ProgramResult second = ServerProcess::run(
            {u"--listen"_s, u"127.0.0.1:0"_s, u"--ws-listen"_s, u"off"_s, u"--data-dir"_s, m_data->path()});
        QVERIFY(second.finished);
        QCOMPARE(second.exitCode, cannotStart);
        QVERIFY2(second.errors.contains(first.httpUrl().toEncoded()), second.errors.constData());
    }

    void signals_endItCleanly_data()
    {
        QTest::addColumn<int>("number");
        QTest::newRow("SIGTERM") << SIGTERM;
        QTest::newRow("SIGINT") << SIGINT;
    }

    void signals_endItCleanly()
    {
        QFETCH(const int, number);
        ServerProcess server;
        QVERIFY(server.start());
        RestClient client(server.httpUrl());
        QCOMPARE(client.post(records, parseJson(R"({"type":"custom","name":"kept"})")).status, 201);
        QVERIFY(server.signal(number));
        QCOMPARE(server.waitForExit(), 0);
        // A database that was closed has nothing left in its log.
        QCOMPARE(QFileInfo(server.dataDir() + u"/prism.db-wal"_s).size(), 0);
        QVERIFY(QFileInfo(server.dataDir() + u"/prism.db"_s).size() > 0);
    }

    void options_comeFromFlagsThenEnvironmentThenFile()
    {
        const QString ini = m_data->filePath(u"prism.ini"_s);
        QFile file(ini);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("max-body-bytes=1000\n");
        file.close();
        const auto limitOf = [](const ServerProcess& server) {
            RestClient client(server.httpUrl());
            const auto fits = [&](int size) {
                const QByteArray filler(size - 60, ' ');
                return client.post(records, filler + R"({"type":"none"})").status != 413;
            };
            return fits(3500) ? 4000 : fits(2500) ? 3000 : fits(1500) ? 2000 : 1000;
        };
        {
            ServerProcess server({u"--config"_s, ini});
            QVERIFY(server.start());
            QCOMPARE(limitOf(server), 1000);
        }
        {
            ServerProcess server({u"--config"_s, ini});
            server.addEnvironment(u"PRISM_MAX_BODY_BYTES"_s, u"2000"_s);
            QVERIFY(server.start());
            QCOMPARE(limitOf(server), 2000);
        }
        {
            ServerProcess server({u"--config"_s, ini, u"--max-body-bytes"_s, u"3000"_s});
            server.addEnvironment(u"PRISM_MAX_BODY_BYTES"_s, u"2000"_s);
            QVERIFY(server.start());
            QCOMPARE(limitOf(server), 3000);
        }
        {
            ServerProcess server;
            server.addEnvironment(u"PRISM_CONFIG"_s, ini);
            QVERIFY(server.start());
            QCOMPARE(limitOf(server), 1000);
        }
    }

    void file_withAnUnknownOption_isRefused()
    {
        const QString ini = m_data->filePath(u"prism.ini"_s);
        QFile file(ini);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("max-boddy-bytes=1000\n");
        file.close();
        const ProgramResult result =
            ServerProcess::run({u"--config"_s, ini, u"--listen"_s, u"127.0.0.1:0"_s, u"--ws-listen"_s,
                                u"off"_s, u"--data-dir"_s, m_data->path()});
        QCOMPARE(result.exitCode, usageError);
        QVERIFY2(result.errors.contains("max-boddy-bytes"), result.errors.constData());
    }

    void environment_withNonsense_isRefused()
    {
        const ProgramResult result = ServerProcess::run(
            {u"--listen"_s, u"127.0.0.1:0"_s, u"--ws-listen"_s, u"off"_s, u"--data-dir"_s, m_data->path()},
            {u"PRISM_MAX_CONNECTIONS=lots"_s});
        QCOMPARE(result.exitCode, usageError);
        QVERIFY2(result.errors.contains("max-connections"), result.errors.constData());
    }

    void logFormat_json_isOneObjectALine()
    {
        ServerProcess server({u"--log-format"_s, u"json"_s, u"--log-level"_s, u"debug"_s});
        QVERIFY(server.start());
        RestClient(server.httpUrl()).get("/health");
        QCOMPARE(server.terminate(), 0);
        const QStringList lines = server.log().split(u'\n', Qt::SkipEmptyParts);
        QVERIFY(!lines.isEmpty());
        for (const QString& line : lines) {
            const QJsonObject json = QJsonDocument::fromJson(line.toUtf8()).object();
            QVERIFY2(json.contains("timestamp"_L1) && json.contains("level"_L1) &&
                         json.contains("message"_L1),
                     qPrintable(line));
        }
    }

    void log_hasNoBodies()
    {
        ServerProcess server({u"--log-level"_s, u"debug"_s});
        QVERIFY(server.start());
        RestClient client(server.httpUrl());
        client.post(records, parseJson(R"({"type":"custom","name":"confidential-name"})"));
        client.post(records, parseJson(R"({"type":"confidential-type"})"));
        QCOMPARE(server.terminate(), 0);
        QVERIFY(!server.log().contains(u"confidential"));
    }

    void database_canBeNamed()
    {
        const QString file = m_data->filePath(u"elsewhere.db"_s);
        ServerProcess server({u"--database"_s, u"sqlite:"_s + file});
        QVERIFY(server.start());
        QVERIFY(QFile::exists(file));
        QVERIFY(!QFile::exists(server.dataDir() + u"/prism.db"_s));
    }

private:
    std::unique_ptr<QTemporaryDir> m_data;
};

PRISM_TEST(TestCommandLine)

} // namespace tst_command_line

#include "tst_command_line.moc"
