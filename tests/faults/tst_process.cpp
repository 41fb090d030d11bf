#include "tests/support/rest_client.h"
#include "tests/support/server_process.h"
#include "tests/support/test_program.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QTcpServer>
#include <QTest>

#include <array>
#include <csignal>
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace tst_process {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray records = "/api/v1/analytics/records";

QJsonObject record(int number)
{
    return {{u"type"_s, u"custom"_s}, {u"name"_s, u"record %1"_s.arg(number)}};
}

/// The value of a figure without labels; -1 when it is not there.
double metric(RestClient& client, const QByteArray& name)
{
    for (const QByteArray& line : client.get("/metrics").body.split('\n')) {
        if (line.startsWith(name + ' '))
            return line.mid(name.size() + 1).toDouble();
    }
    return -1;
}

} // namespace

/// What the system and whoever started the server do to its process.
class ProcessTest : public QObject
{
    Q_OBJECT

private slots:
    void readerOfTheLogStalls_theServerGoesOnCountsAndStops()
    {
        std::array<int, 2> pipe{};
        QCOMPARE(::pipe2(pipe.data(), O_CLOEXEC), 0);
        ServerProcess server({u"--log-level"_s, u"debug"_s, u"--log-queue-bytes"_s, u"8192"_s});
        server.setPreparation([pipe] { ::dup2(pipe[1], STDERR_FILENO); });
        QVERIFY(server.start());
        RestClient client(server.httpUrl());
        int stored = 0;
        while (metric(client, "prism_log_dropped_total") < 1) {
            QCOMPARE(client.post(records, record(stored)).status, 201);
            QVERIFY(++stored < 5'000);
        }
        QCOMPARE(client.post(records, record(stored)).status, 201);
        QCOMPARE(server.terminate(), 0);
        ::close(pipe[0]);
        ::close(pipe[1]);
    }

    void signalsThatSayNothing_data()
    {
        QTest::addColumn<int>("number");
        for (const int number : {SIGHUP, SIGUSR1, SIGUSR2, SIGPIPE, SIGALRM, SIGVTALRM, SIGPROF, SIGPOLL,
                                 SIGSTKFLT, SIGPWR, SIGTTIN, SIGTTOU, SIGXFSZ, SIGRTMIN, SIGRTMAX})
            QTest::addRow("%d", number) << number;
    }

    void signalsThatSayNothing()
    {
        QFETCH(const int, number);
        ServerProcess server;
        QVERIFY(server.start());
        QVERIFY(server.signal(number));
        RestClient client(server.httpUrl());
        QCOMPARE(client.post(records, record(0)).status, 201);
        QCOMPARE(server.terminate(), 0);
    }

    void signalsThatStop_data()
    {
        QTest::addColumn<int>("number");
        QTest::newRow("SIGINT") << SIGINT;
        QTest::newRow("SIGTERM") << SIGTERM;
    }

    void signalsThatStop()
    {
        QFETCH(const int, number);
        ServerProcess server;
        QVERIFY(server.start());
        QVERIFY(server.signal(number));
        QCOMPARE(server.waitForExit(), 0);
    }

    void fileMayNotGrow_writesAreRefusedAndReadsAnswered()
    {
        ServerProcess server;
        server.setPreparation([] {
            const rlimit limit{1'000'000, 1'000'000};
            ::setrlimit(RLIMIT_FSIZE, &limit);
        });
        server.expectWarning(u"."_s);
        QVERIFY(server.start());
        RestClient client(server.httpUrl());
        int stored = 0;
        HttpResponse answer;
        do {
            answer = client.post(records, record(stored++));
        } while (answer.status == 201 && stored < 20'000);
        QCOMPARE(answer.status, 503);
        QCOMPARE(client.get(records).status, 200);
        QCOMPARE(server.terminate(), 0);
    }

    void standardStreamsClosed_data()
    {
        QTest::addColumn<QList<int>>("streams");
        QTest::newRow("input") << QList<int>{0};
        QTest::newRow("output") << QList<int>{1};
        QTest::newRow("errors") << QList<int>{2};
        QTest::newRow("output and errors") << QList<int>{1, 2};
        QTest::newRow("all") << QList<int>{0, 1, 2};
    }

    /// Nothing that the server opens gets the number of a stream that people are spoken to by.
    void standardStreamsClosed()
    {
        QFETCH(const QList<int>, streams);
        QTcpServer reserved;
        QVERIFY(reserved.listen(QHostAddress::LocalHost));
        const quint16 port = reserved.serverPort();
        reserved.close();
        const QTemporaryDir folder;
        QProcess process;
        process.setProgram(ServerProcess::binary());
        process.setArguments({u"--listen"_s, u"127.0.0.1:%1"_s.arg(port), u"--ws-listen"_s, u"off"_s,
                              u"--data-dir"_s, folder.path(), u"--log-level"_s, u"debug"_s});
        process.setChildProcessModifier([streams] {
            for (const int stream : streams)
                ::close(stream);
        });
        process.start();
        RestClient client(QUrl(u"http://127.0.0.1:%1"_s.arg(port)));
        QTRY_COMPARE_WITH_TIMEOUT(client.get("/health").status, 200, 20'000);
        for (const int stream : streams)
            QCOMPARE(QFile::symLinkTarget(u"/proc/%1/fd/%2"_s.arg(process.processId()).arg(stream)),
                     u"/dev/null"_s);
        QCOMPARE(client.post(records, record(0)).status, 201);
        process.terminate();
        QVERIFY(process.waitForFinished(20'000));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 0);
    }

    void commandsForATerminal_neverReachTheLogRaw()
    {
        ServerProcess server({u"--log-level"_s, u"debug"_s});
        QVERIFY(server.start());
        RestClient client(server.httpUrl());
        client.get(records + "/%1b%5b2J%0d%0aerror%20forged");
        client.get("/api/v1/x", {{"X-Request-Id", "\x1b[2J"}});
        QVERIFY(client
                    .post("/api/v1/\xc2\x9b"
                          "31m",
                          QByteArray("{}"))
                    .status >= 400);
        QCOMPARE(server.terminate(), 0);
        const QString log = server.log();
        QVERIFY2(log.contains(u"\\x1b[2J\\r\\nerror forged"_s), qPrintable(log));
        for (const QChar character : log)
            QVERIFY(character == u'\n' || character.category() != QChar::Other_Control);
        QVERIFY(!log.contains(u"\nerror forged"_s));
    }
};

PRISM_TEST(ProcessTest)

} // namespace tst_process

#include "tst_process.moc"
