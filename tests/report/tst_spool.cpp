#include "tests/report/report_test.h"
#include "tests/report/scripted_server.h"
#include "tests/support/test_program.h"

#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QJsonObject>
#include <QSet>
#include <QTest>

#include <csignal>
#include <fcntl.h>
#include <random>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tst_spool {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

const QStringList report{u"run"_s, u"--"_s, u"true"_s};
const QStringList flush{u"flush"_s};

} // namespace

/// What is reported waits until the server has it, whatever happens: none is lost, none is there twice.
class SpoolTest : public ReportTest
{
    Q_OBJECT

private:
    /// While it is held, nobody sends.
    int holdSenders() const
    {
        const QStringList locks = m_tool->spooled(u"lock"_s);
        const int lock = ::open(QFile::encodeName(locks.value(0)).constData(), O_RDWR | O_CLOEXEC);
        return lock >= 0 && ::flock(lock, LOCK_EX) == 0 ? lock : -1;
    }

    /// So many results, which nobody has sent yet.
    void keep(int count)
    {
        QCOMPARE(m_tool->run(report).code, 0); // makes the folder and the lock
        QTRY_COMPARE(m_tool->spooled().size(), 0);
        const int lock = holdSenders();
        QVERIFY(lock >= 0);
        for (int i = 0; i < count; ++i)
            QCOMPARE(m_tool->run({u"run"_s, u"--gate"_s, u"gate %1"_s.arg(i), u"--"_s, u"true"_s}).code, 0);
        QCOMPARE(m_tool->spooled().size(), count);
        ::close(lock);
    }

private slots:
    void senderKilledAtAnyMoment_losesNothingAndSendsNothingTwice()
    {
        constexpr int results = 60;
        constexpr int most = 100;
        keep(results);
        std::mt19937 random(4711);
        int killed = 0;
        while (killed < most && !m_tool->spooled().isEmpty()) {
            const auto sender = m_tool->start(flush);
            const int moment = int(random() % 60);
            if (!sender->waitForFinished(moment))
                killed += ::kill(pid_t(sender->processId()), SIGKILL) == 0 ? 1 : 0;
            sender->waitForFinished();
        }
        QVERIFY(killed > 0);
        QCOMPARE(m_tool->run(flush).code, 0);
        const QJsonArray told = checks(results + 1);
        QSet<QString> gates;
        for (const auto& each : told)
            gates.insert(each[u"gate"].toString());
        qInfo("killed %d times, lost %d, twice %d", killed, int(results + 1 - gates.size()),
              int(told.size() - gates.size()));
        QCOMPARE(gates.size(), results + 1);
        QCOMPARE(told.size(), results + 1);
        QCOMPARE(m_tool->spooled().size(), 0);
        QCOMPARE(m_tool->refused().size(), 0);
    }

    void severalSendersAndWritersAtOnce()
    {
        constexpr int rounds = 8;
        constexpr int each = 5;
        for (int round = 0; round < rounds; ++round) {
            std::vector<std::unique_ptr<QProcess>> processes;
            for (int i = 0; i < each; ++i) {
                processes.push_back(m_tool->start(
                    {u"run"_s, u"--gate"_s, u"gate %1"_s.arg(round * each + i), u"--"_s, u"true"_s}));
                processes.push_back(m_tool->start(flush));
            }
            for (const auto& process : processes)
                ReportTool::finish(*process);
        }
        // Without anybody who sends them anew.
        const QJsonArray told = checks(rounds * each);
        QSet<QString> gates;
        for (const auto& one : told)
            gates.insert(one[u"gate"].toString());
        QCOMPARE(gates.size(), rounds * each);
        QCOMPARE(told.size(), rounds * each);
    }

    void serverKilledWhileItIsSentTo_hasEachOnce()
    {
        constexpr int results = 40;
        keep(results);
        const auto sender = m_tool->start({u"flush"_s, u"--within"_s, u"60"_s});
        for (int i = 0; i < 3; ++i) {
            const qsizetype before = m_tool->spooled().size();
            QTRY_VERIFY(m_tool->spooled().size() < before || sender->state() == QProcess::NotRunning);
            QVERIFY(m_server->restart(ServerProcess::Port::Same));
        }
        QCOMPARE(ReportTool::finish(*sender).code, 0);
        m_client = std::make_unique<RestClient>(m_server->httpUrl());
        QCOMPARE(checks(results + 1).size(), results + 1);
        QCOMPARE(m_tool->spooled().size(), 0);
    }

    void answers_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<int>("waiting");
        QTest::addColumn<int>("refused");
        const QByteArray foreign = "HTTP/1.1 %1 Said\r\nContent-Length: 2\r\n\r\nhi";
        for (const int status : {200, 201})
            QTest::addRow("%d", status) << ScriptedServer::envelope(status) << 0 << 0;
        for (const int status : {400, 403, 404, 409, 413, 415, 422})
            QTest::addRow("%d", status) << ScriptedServer::envelope(status) << 0 << 1;
        for (const int status : {401, 408, 429, 500, 502, 503, 504})
            QTest::addRow("%d", status) << ScriptedServer::envelope(status) << 1 << 0;
        for (const char* status : {"200", "301", "400", "403", "404", "407", "500"})
            QTest::addRow("%s of another server", status)
                << QByteArray(foreign).replace("%1", status) << 1 << 0;
        QTest::newRow("nonsense") << QByteArray("SSH-2.0-OpenSSH_9.2\r\n\r\n") << 1 << 0;
    }

    void answers()
    {
        QFETCH(const QByteArray, answer);
        QFETCH(const int, waiting);
        QFETCH(const int, refused);
        ScriptedServer server;
        m_tool->setServer(server.url());
        m_tool->set("PRISM_TOKEN", u"prism_7_secret"_s);
        server.answer = [](const auto&) { return ScriptedServer::envelope(201); };
        keep(1);
        server.requests.clear();
        server.answer = [&](const auto&) { return answer; };
        const ToolResult flushed = m_tool->run(flush);
        QCOMPARE(m_tool->spooled().size(), waiting);
        QCOMPARE(m_tool->refused().size(), refused);
        QVERIFY(!flushed.errors.contains("secret"));
        QCOMPARE(flushed.errors.contains("kept in"), waiting + refused > 0);
        // What was refused is said once, and what waits is tried again.
        const ToolResult again = m_tool->run(flush);
        QVERIFY2(!again.errors.contains("refused"), again.errors);
        QVERIFY(waiting > 0 ? server.requests.size() >= 2 : server.requests.size() == 1);
        const QByteArray key = server.requests.first().headers.value("idempotency-key");
        QVERIFY(!key.isEmpty());
        for (const ScriptedServer::Request& request : std::as_const(server.requests)) {
            QCOMPARE(request.headers.value("idempotency-key"), key);
            QCOMPARE(request.headers.value("authorization"), QByteArray("Bearer prism_7_secret"));
        }
    }

    void serverThatSaysNothing_isWaitedForTenSecondsAtMostOnCi()
    {
        ScriptedServer server;
        m_tool->setServer(server.url());
        m_tool->set("CI", u"true"_s);
        QElapsedTimer time;
        time.start();
        const ToolResult result = m_tool->run({u"run"_s, u"--"_s, u"sh"_s, u"-c"_s, u"exit 9"_s});
        QCOMPARE(result.code, 9);
        QVERIFY2(time.elapsed() < 14'000, qPrintable(QString::number(time.elapsed())));
        QVERIFY2(result.errors.contains("not sent yet"), result.errors);
        QCOMPARE(result.errors.count('\n'), 1);
        QCOMPARE(m_tool->spooled().size(), 1);
    }

    void spoolThatIsFull_isSaidAndChangesNothing_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        QTest::newRow("count") << u"PRISM_SPOOL_COUNT"_s << u"2"_s;
        QTest::newRow("bytes") << u"PRISM_SPOOL_BYTES"_s << u"1200"_s;
    }

    void spoolThatIsFull_isSaidAndChangesNothing()
    {
        QFETCH(const QString, name);
        QFETCH(const QString, value);
        m_tool->set("PRISM_URL", u"http://127.0.0.1:1"_s);
        m_tool->set(name.toLatin1().constData(), value);
        ToolResult result;
        for (int i = 0; i < 5; ++i)
            result = m_tool->run({u"run"_s, u"--"_s, u"sh"_s, u"-c"_s, u"exit 9"_s});
        QCOMPARE(result.code, 9);
        QVERIFY2(result.errors.contains("nothing is reported"), result.errors);
        QCOMPARE(m_tool->spooled().size(), 2);
    }

    /// A file may not grow, as on a disk that is full.
    void diskThatIsFull_isSaidAndChangesNothing()
    {
        m_tool->write(u"in"_s, QByteArray(100'000, 'x'));
        QProcess process;
        process.setProcessEnvironment(m_tool->environment());
        process.setWorkingDirectory(m_tool->folder());
        process.setChildProcessModifier([] {
            const rlimit limit{50'000, 50'000};
            ::setrlimit(RLIMIT_FSIZE, &limit);
        });
        process.start(ReportTool::binary(),
                      {u"run"_s, u"--report"_s, u"in"_s, u"--"_s, u"sh"_s, u"-c"_s, u"touch in; exit 9"_s});
        const ToolResult result = ReportTool::finish(process);
        QCOMPARE(result.code, 9);
        QVERIFY2(result.errors.contains("nothing is reported"), result.errors);
        QCOMPARE(m_tool->spooled(QString()).filter(u".entry"_s).size(), 0);
    }

    void stateFolderThatCannotBeWrittenTo_isSaidAndChangesNothing()
    {
        m_tool->set("XDG_STATE_HOME", u"/proc/none"_s);
        const ToolResult result = m_tool->run({u"run"_s, u"--"_s, u"sh"_s, u"-c"_s, u"exit 9"_s});
        QCOMPARE(result.code, 9);
        QVERIFY2(result.errors.contains("nothing is reported"), result.errors);
    }

    void spool_isOfThisPersonAlone()
    {
        m_tool->set("PRISM_URL", u"http://127.0.0.1:1"_s);
        ::umask(0);
        QCOMPARE(m_tool->run(report).code, 0);
        const QFileInfo entry(m_tool->spooled().value(0));
        QCOMPARE(entry.permissions() & 0x77, QFile::Permissions());
        QCOMPARE(QFileInfo(entry.path()).permissions() & 0x77, QFile::Permissions());
        ::umask(022);
    }

    void damagedEntry_isSetAsideAndTheRestIsSent_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("no JSON") << QByteArray("?\n");
        QTest::newRow("other JSON") << QByteArray("{\"key\":1}\n");
        QTest::newRow("cut") << QByteArray("{\"key\":\"k\",\"parts\":[{\"path\":\"/"
                                           "\",\"type\":\"x\",\"when\":\"always\",\"size\":9}]}\nabc");
        QTest::newRow("binary") << QByteArray(5'000, '\0');
    }

    void damagedEntry_isSetAsideAndTheRestIsSent()
    {
        QFETCH(const QByteArray, content);
        keep(1);
        const QString folder = QFileInfo(m_tool->spooled().value(0)).path();
        QFile file(folder + u"/000000000000001-damaged.entry"_s);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
        file.close();
        const ToolResult result = m_tool->run(flush);
        QVERIFY2(result.errors.contains("damaged") || result.errors.contains("JSON"), result.errors);
        QCOMPARE(m_tool->refused().size(), 1);
        QCOMPARE(checks(2).size(), 2);
        QCOMPARE(m_tool->spooled().size(), 0);
    }

    void retryAfter_isHonoured()
    {
        ScriptedServer server;
        m_tool->setServer(server.url());
        server.answer = [&](const auto&) {
            return server.requests.size() == 1 ? ScriptedServer::envelope(503).replace(
                                                     "Content-Type", "Retry-After: 2\r\nContent-Type")
                                               : ScriptedServer::envelope(201);
        };
        QElapsedTimer time;
        time.start();
        QCOMPARE(m_tool->run(report).code, 0);
        QTRY_COMPARE_WITH_TIMEOUT(server.requests.size(), 2, 15'000);
        QVERIFY(time.elapsed() >= 2'000);
        QTRY_COMPARE(m_tool->spooled().size(), 0);
    }

    /// What is for one server goes to no other, and no other's token with it.
    void otherServersResults_waitForTheirServer()
    {
        m_tool->set("PRISM_URL", u"http://127.0.0.1:1"_s);
        QCOMPARE(m_tool->run(report).code, 0);
        m_tool->setServer(m_server->httpUrl());
        QCOMPARE(m_tool->run(flush).code, 0);
        QCOMPARE(m_tool->spooled().size(), 1);
        QCOMPARE(m_client->get("/api/v1/gateway/checks").data().toArray().size(), 0);
    }

    void resultOlderThanTheServerTakes_isKeptAsideAndSaidOnce()
    {
        keep(1);
        QFile entry(m_tool->spooled().value(0));
        QVERIFY(entry.open(QIODevice::ReadWrite));
        QByteArray content = entry.readAll();
        const qsizetype year = content.lastIndexOf("\"timestamp\":\"20") + 13;
        content.replace(year, 4, "2019");
        entry.seek(0);
        entry.write(content);
        entry.close();
        const ToolResult first = m_tool->run(flush);
        QVERIFY2(first.errors.contains("refused") && first.errors.contains("400 days"), first.errors);
        QCOMPARE(m_tool->refused().size(), 1);
        QCOMPARE(m_tool->run(report).errors, QByteArray());
    }
};

PRISM_TEST(SpoolTest)

} // namespace tst_spool

#include "tst_spool.moc"
