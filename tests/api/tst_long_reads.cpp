#include "tests/api/scenario.h"
#include "tests/support/raw_socket.h"
#include "tests/support/server_test.h"
#include "tests/support/test_program.h"

#include <QTest>

namespace tst_long_reads {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int checkCount = 30'000;
constexpr int mostAtOnce = 10'000;

const QByteArray report =
    "GET /api/v1/analytics/reports/custom?dimensions=user,day&metrics=p95CheckTime,activeSessions&period=all "
    "HTTP/1.1\r\nHost: localhost\r\n\r\n";
const QByteArray intent = R"({"intent":"rename a variable"})";

QByteArray manyChecks(int first, int count)
{
    QByteArray lines;
    for (int i = first; i < first + count; ++i) {
        const QByteArray number = QByteArray::number(i);
        lines += "{\"status\":\"WARNING\",\"duration\":" + QByteArray::number(i % 900) + ",\"user\":\"u" +
                 QByteArray::number(i % 50) + "\",\"session\":\"s" + number +
                 "\",\"violations\":[{\"principleId\":\"p" + QByteArray::number(i % 30) +
                 "\",\"severity\":\"WARNING\"}]}\n";
    }
    return lines;
}

} // namespace

/// What takes long is done beside everything else, for no longer than somebody waits for it.
class TestLongReads : public ServerTest
{
    Q_OBJECT

    std::vector<std::unique_ptr<RawSocket>> m_others;

    void start(const QStringList& options = {})
    {
        startServer(options);
        for (int first = 0; first < checkCount; first += mostAtOnce) {
            const HttpResponse stored =
                m_client->send("POST", "/api/v1/gateway/checks", {{"Content-Type", "application/x-ndjson"}},
                               manyChecks(first, mostAtOnce));
            QVERIFY2(stored.status == 201, stored.summary().constData());
        }
    }

    void askForReports(int count)
    {
        for (int i = 0; i < count; ++i) {
            m_others.push_back(std::make_unique<RawSocket>(m_server->httpPort()));
            QVERIFY(m_others.back()->write(report));
        }
    }

    int reads(QLatin1StringView figure)
    {
        return m_client->get("/api/v1/system/status").data()["reads"_L1][figure].toInt();
    }

private slots:
    void cleanup()
    {
        m_others.clear();
        stopServer();
    }

    /// Eight clients of which each asks for the next report as soon as it has one. Were a check answered by
    /// whoever makes reports, it would wait for several of them each time.
    void checks_doNotWaitForReports()
    {
        constexpr int clients = 8;
        constexpr int checks = 60;
        start({u"--workers"_s, u"2"_s});
        askForReports(clients);
        QTRY_VERIFY(reads("running"_L1) > 0);
        int reports = 0;
        for (int i = 0; i < checks; ++i) {
            const HttpResponse judged = m_client->post("/api/v1/gateway/check", intent);
            QVERIFY2(judged.status == 201, judged.summary().constData());
            for (const auto& other : m_others) {
                while (other->readResponse(0).status != 0) {
                    ++reports;
                    QVERIFY(other->write(report));
                }
            }
        }
        QVERIFY2(reports < checks, qPrintable(u"%1 reports"_s.arg(reports)));
    }

    /// Bounded reads and what needs no reader go on as well.
    void nothingElse_waitsForReports()
    {
        constexpr int most = 5;
        start({u"--workers"_s, u"1"_s, u"--read-timeout"_s, u"600"_s});
        askForReports(100);
        QTRY_VERIFY(reads("running"_L1) > 0);
        for (const char* path :
             {"/health", "/ready", "/metrics", "/api/v1/system/status", "/api/v1/analytics/dashboard",
              "/api/v1/analytics/usage?period=all", "/api/v1/analytics/trends/usage?period=year",
              "/api/v1/analytics/compare?baselinePeriod=week&currentPeriod=today&metrics=usage",
              "/api/v1/analytics/forecast?metric=checks", "/api/v1/gateway/checks?limit=100",
              "/api/v1/retros", "/api/v1/analytics/anomalies", "/api/v1/analytics/records?limit=100",
              "/api/v1/events?since=0&limit=1000", "/api/v1/gateway/principles",
              "/api/v1/gateway/principles/versions", "/api/v1/gateway/principles/versions/0"}) {
            const int waiting = reads("waiting"_L1);
            QVERIFY2(waiting > most, "there are reports to wait for");
            QCOMPARE(m_client->get(path).status, 200);
            const int made = waiting - reads("waiting"_L1);
            QVERIFY2(made < most,
                     qPrintable(u"%1 reports were made before %2"_s.arg(made).arg(QLatin1String(path))));
        }
    }

    void readsOfClientsThatHaveGone_areBrokenOff()
    {
        constexpr int clients = 40;
        start();
        askForReports(clients);
        QTRY_VERIFY(reads("running"_L1) > 0);
        const int before = reads("done"_L1);
        m_others.clear();
        QTRY_VERIFY_WITH_TIMEOUT(reads("running"_L1) == 0 && reads("waiting"_L1) == 0, 30'000);
        const int done = reads("done"_L1) - before;
        QVERIFY2(reads("abandoned"_L1) > clients / 4, qPrintable(u"%1 were made"_s.arg(done)));
    }

    /// It says that it sends nothing more, and still reads.
    void clientThatOnlySaysItSendsNoMore_isAnswered()
    {
        startServer();
        RawSocket socket(m_server->httpPort());
        QVERIFY(socket.write(report));
        socket.finishWriting();
        QCOMPARE(socket.readResponse(15'000).status, 200);
    }

    void readThatTakesTooLong_isRefused()
    {
        start({u"--read-timeout"_s, u"0.01"_s});
        askForReports(1);
        const HttpResponse answer = m_others.front()->readResponse(20'000);
        QCOMPARE(answer.status, 503);
        QCOMPARE(answer.error(), u"ERR_5001"_s);
        QVERIFY(answer.hasHeader("Retry-After"));
        QVERIFY2(answer.message().contains(u"0.01 s"), qPrintable(answer.message()));
        QCOMPARE(reads("late"_L1), 1);
    }

    /// The rules are made ready, and what is usual is measured, so that the first answers have verdicts.
    void whatIsUsual_isMeasuredBeforeAnybodyAsks()
    {
        startServer();
        QTRY_COMPARE(reads("done"_L1), 2);
    }

    /// Sets and lists grow with what was sent.
    void reportThatNeedsTooMuchMemory_isRefused()
    {
        startServer({u"--max-report-bytes"_s, u"20000"_s});
        const HttpResponse stored =
            m_client->send("POST", "/api/v1/gateway/checks", {{"Content-Type", "application/x-ndjson"}},
                           manyChecks(0, 2000));
        QCOMPARE(stored.status, 201);
        const QByteArray path = "/api/v1/analytics/reports/custom?dimensions=status&period=all&metrics=";
        QCOMPARE(m_client->get(path + "totalChecks,avgCheckTime").status, 200);
        for (const char* metric : {"p95CheckTime", "activeSessions"}) {
            const HttpResponse refused = m_client->get(path + metric);
            QCOMPARE(refused.status, 400);
            QVERIFY2(refused.details().contains(u"20000 bytes of memory"), qPrintable(refused.details()));
        }
    }

    void reportOfTooManyRows_isRefused()
    {
        startServer({u"--max-report-rows"_s, u"50"_s});
        const auto post = [this](const QByteArray& lines) {
            return m_client
                ->send("POST", "/api/v1/gateway/checks", {{"Content-Type", "application/x-ndjson"}}, lines)
                .status;
        };
        const QByteArray path =
            "/api/v1/analytics/reports/custom?dimensions=user&period=all&metrics=totalChecks";
        QCOMPARE(post(manyChecks(0, 100)), 201); // of 50 users
        QCOMPARE(m_client->get(path).data()["rows"_L1].toArray().size(), 50);
        QCOMPARE(post(R"({"status":"PASS","duration":1,"user":"another"})"), 201);
        const HttpResponse refused = m_client->get(path);
        QCOMPARE(refused.status, 400);
        QVERIFY2(refused.details().contains(u"dimensions: give more than 50 rows"),
                 qPrintable(refused.details()));
    }

    void listsInAQuery_areBounded_data()
    {
        QTest::addColumn<QByteArray>("path"); ///< %1 is the list, between commas
        QTest::addColumn<QByteArray>("known");
        QTest::addColumn<QByteArray>("quote");
        QTest::addColumn<QString>("said");
        const auto row = [](const char* name, const QByteArray& path, const char* known, const char* quote,
                            const char* said) {
            QTest::newRow(name) << "/api/v1/analytics/" + path << QByteArray(known) << QByteArray(quote)
                                << QString::fromLatin1(said);
        };
        row("metrics", "reports/custom?dimensions=status&metrics=%1", "violations,totalChecks,successRate",
            "", "metrics: names more than 3");
        row("dimensions", "reports/custom?metrics=violations&dimensions=%1", "status,user,project", "",
            "dimensions: names more than 3");
        row("compared metrics", "compare?baselinePeriod=week&currentPeriod=week&metrics=%1",
            "violations,checks,usage", "", "metrics: names more than 3");
        row("a filter's values",
            "reports/custom?metrics=violations&dimensions=status&filters=%7B%22user%22:%5B%1%5D%7D", "a,b,c",
            "%22", "filters.user: must be a text, or a list of 1 to 3 texts");
    }

    void listsInAQuery_areBounded()
    {
        QFETCH(const QByteArray, path);
        QFETCH(const QByteArray, known);
        QFETCH(const QByteArray, quote);
        QFETCH(const QString, said);
        startServer({u"--max-query-names"_s, u"3"_s});
        const auto ask = [&](const QList<QByteArray>& names) {
            QByteArrayList list;
            for (const QByteArray& name : names)
                list.append(quote + name + quote);
            return m_client->get(QByteArray(path).replace("%1", list.join(',')));
        };
        QList<QByteArray> names = known.split(',');
        QCOMPARE(ask(names).status, 200);
        names.append("one-more");
        const HttpResponse refused = ask(names);
        QCOMPARE(refused.status, 400);
        QVERIFY2(refused.details().contains(said), qPrintable(refused.details()));
    }

    void moreReadsThanMayWait_areRefused()
    {
        constexpr int places = 4;
        start({u"--read-queue-limit"_s, QString::number(places), u"--readers"_s, u"2"_s});
        askForReports(30);
        int refused = 0;
        for (const auto& other : m_others) {
            const HttpResponse answer = other->readResponse(60'000);
            QVERIFY2(answer.status == 200 || answer.status == 503, answer.summary().constData());
            if (answer.status == 503) {
                ++refused;
                QVERIFY(answer.hasHeader("Retry-After"));
            }
        }
        QVERIFY(refused > 0);
        QCOMPARE(reads("refused"_L1), refused);
    }

    /// Were they not broken off, the server would say that not all was finished in time.
    void stopping_waitsForNoReport()
    {
        start({u"--read-timeout"_s, u"600"_s});
        askForReports(100);
        QTRY_VERIFY(reads("running"_L1) > 0);
        QCOMPARE(m_server->terminate(), 0);
        int refused = 0;
        for (const auto& other : m_others)
            refused += other->readResponse().status == 503 ? 1 : 0;
        QVERIFY2(refused > 50, qPrintable(QString::number(refused)));
    }
};

PRISM_TEST(TestLongReads)

} // namespace tst_long_reads

#include "tst_long_reads.moc"
