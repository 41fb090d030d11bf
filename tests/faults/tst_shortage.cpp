#include "tests/support/rest_client.h"
#include "tests/support/server_process.h"
#include "tests/support/test_program.h"

#include <QTest>

#include <sys/resource.h>

namespace tst_shortage {

using namespace prism::test;
using namespace Qt::StringLiterals;

/// A system that has few descriptors for the server.
class TestShortage : public QObject
{
    Q_OBJECT

private slots:
    /// Whatever is the first that cannot be opened: it is said and the start fails, or everything works. At
    /// the smallest limits the program's own libraries cannot begin.
    void start_withFewDescriptors_failsPlainlyOrServes()
    {
        int served = 0;
        int refused = 0;
        for (rlim_t most = 8; most < 72; most += 2) {
            QProcess server;
            QTemporaryDir data;
            server.setProgram(ServerProcess::binary());
            server.setArguments({u"--listen"_s, u"127.0.0.1:0"_s, u"--ws-listen"_s, u"127.0.0.1:0"_s,
                                 u"--data-dir"_s, data.path(), u"--workers"_s, u"3"_s});
            server.setChildProcessModifier([most] {
                const rlimit limit{most, most};
                ::setrlimit(RLIMIT_NOFILE, &limit);
            });
            server.start();
            QByteArray output;
            while (!output.contains('\n') && server.waitForReadyRead(20'000))
                output += server.readAllStandardOutput();
            const QByteArray at = "with " + QByteArray::number(qulonglong(most)) + " descriptors: ";
            if (!output.startsWith("ready ")) {
                QVERIFY2(server.state() == QProcess::NotRunning || server.waitForFinished(20'000),
                         at.constData());
                const QByteArray log = at + server.readAllStandardError();
                QVERIFY2(server.exitStatus() == QProcess::NormalExit && server.exitCode() == 1,
                         log.constData());
                QVERIFY2(log.contains("prism-server: "), log.constData());
                ++refused;
                continue;
            }
            const QString url =
                QString::fromUtf8(output.mid(output.indexOf("http=") + 5)).section(u' ', 0, 0);
            std::vector<std::unique_ptr<RestClient>> clients;
            for (int i = 0; i < 4; ++i) {
                clients.push_back(std::make_unique<RestClient>(QUrl(url)));
                const HttpResponse answer = clients.back()->get(i == 0 ? "/ready" : "/health");
                QVERIFY2(answer.status == 200, (at + answer.summary()).constData());
            }
            server.terminate();
            QVERIFY2(server.waitForFinished(20'000), at.constData());
            QCOMPARE(server.exitCode(), 0);
            ++served;
        }
        QVERIFY2(served > 0 && refused > 0, "both were tried");
    }

    /// As many as there is room for are served, and then it is said, instead of leaving them in the kernel's
    /// queue.
    void connections_areAsManyAsThereIsRoomFor()
    {
        ServerProcess server({u"--workers"_s, u"2"_s, u"--max-connections-per-address"_s, u"5000"_s});
        server.setPreparation([] {
            const rlimit limit{400, 400};
            ::setrlimit(RLIMIT_NOFILE, &limit);
        });
        QVERIFY(server.start());
        QVERIFY(server.log().contains(u"the limit of 400 open files leaves room for"));
        std::vector<std::unique_ptr<RestClient>> clients;
        int status = 200;
        while (status == 200 && clients.size() < 500) {
            clients.push_back(std::make_unique<RestClient>(server.httpUrl()));
            status = clients.back()->get("/api/v1/settings").status;
        }
        QCOMPARE(status, 503);
        QVERIFY2(clients.size() > 80, QByteArray::number(qsizetype(clients.size())).constData());
        for (int i = 0; i < 100; ++i)
            QCOMPARE(RestClient(server.httpUrl()).get("/ready").status, 200);
    }
};

PRISM_TEST(TestShortage)

} // namespace tst_shortage

#include "tst_shortage.moc"
