#include "tests/support/server_test.h"
#include "tests/support/test_program.h"

#include <QElapsedTimer>
#include <QTest>

namespace tst_ready {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int askers = 8;

} // namespace

/// What it costs the disk to be asked whether the server is ready, as any web page may have a browser do.
class TestReady : public ServerTest
{
    Q_OBJECT

private slots:
    void init() { startServer({u"--workers"_s, u"4"_s}); }

    void cleanup() { stopServer(); }

    void manyWhoAsk_shareAWriteASecond()
    {
        const qint64 before = commits();
        QElapsedTimer timer;
        timer.start();
        std::vector<std::unique_ptr<RestClient>> clients;
        for (int i = 0; i < askers; ++i)
            clients.push_back(std::make_unique<RestClient>(m_server->httpUrl()));
        int answered = 0;
        while (timer.elapsed() < 1'500) {
            for (const auto& client : clients) {
                QCOMPARE(client->get("/ready").status, 200);
                ++answered;
            }
        }
        // The writer may have done something of its own meanwhile.
        const qint64 most = timer.elapsed() / 1'000 + 1;
        const qint64 written = commits() - before;
        QVERIFY2(written >= 1 && written <= most,
                 qPrintable(u"%1 commits for %2 questions"_s.arg(written).arg(answered)));
    }

    void otherReads_writeNothing()
    {
        QCOMPARE(m_client->get("/ready").status, 200);
        const qint64 before = commits();
        for (const char* path :
             {"/health", "/metrics", "/api/v1/system/status", "/api/v1/analytics/dashboard",
              "/api/v1/settings", "/api/v1/analytics/export?format=csv",
              "/api/v1/gateway/principles/versions", "/api/v1/events?since=0"})
            QCOMPARE(m_client->get(path).status, 200);
        QCOMPARE(commits(), before);
    }

private:
    /// So far, as the server counts them.
    qint64 commits()
    {
        const QByteArray text = m_client->get("/metrics").body;
        const QByteArray name = "\nprism_commit_duration_seconds_count";
        qint64 all = 0;
        for (qsizetype at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
            const QByteArray line = text.mid(at + 1, text.indexOf('\n', at + 1) - at - 1);
            all += line.mid(line.lastIndexOf(' ') + 1).toLongLong();
        }
        return all;
    }
};

PRISM_TEST(TestReady)

} // namespace tst_ready

#include "tst_ready.moc"
