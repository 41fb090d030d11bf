#include "tests/faults/faulty_server.h"
#include "tests/support/rest_client.h"
#include "tests/support/test_program.h"
#include "tests/support/ws_client.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QTest>

namespace tst_clock {

using namespace prism::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const QByteArray records = "/api/v1/analytics/records";
const QByteArray checks = "/api/v1/gateway/checks";

} // namespace

/// The machine's clock is set back and leaps ahead while the server runs.
class TestClock : public QObject
{
    Q_OBJECT

private slots:
    void init() { start({u"--event-retention-days"_s, u"1"_s}); }

    void cleanup()
    {
        m_client.reset();
        m_server.reset();
    }

    void eventsAndIds_keepTheirOrderAndTimesFollowTheClock()
    {
        WsClient listener;
        QVERIFY(listener.open(m_server->server().wsUrl()));
        QSet<QString> ids;
        int made = 0;
        for (const std::chrono::seconds ahead : {0s, -3600s, 90'000s, -86'400s, 0s}) {
            setClockAhead(ahead);
            for (int i = 0; i < 3; ++i) {
                const QJsonObject record = create(made++);
                ids.insert(record["id"_L1].toString());
                const QDateTime createdAt =
                    QDateTime::fromString(record["createdAt"_L1].toString(), Qt::ISODateWithMs);
                QVERIFY(std::abs(createdAt.secsTo(clock())) < 30);
            }
        }
        QCOMPARE(ids.size(), made);
        QVERIFY(listener.waitForSeq(made));
        const QList<QJsonObject> events = listener.events();
        QCOMPARE(events.size(), made);
        for (int i = 0; i < made; ++i) {
            QCOMPARE(events[i]["seq"_L1].toInt(), i + 1);
            QCOMPARE(events[i]["data"_L1]["record"_L1]["name"_L1].toString(), QString::number(i));
        }
    }

    void changedRecord_isNotOlderThanItWas()
    {
        const QJsonObject record = create(1);
        setClockAhead(-1h);
        const QByteArray path = records + '/' + record["id"_L1].toString().toLatin1();
        const QJsonObject changed = m_client->put(path, parseJson(R"({"name":"changed"})")).data().toObject();
        QCOMPARE(changed["updatedAt"_L1], record["updatedAt"_L1]);
    }

    void windows_followTheClock()
    {
        QCOMPARE(m_client->post(checks, parseJson(R"({"status":"PASS","duration":1})")).status, 201);
        QCOMPARE(checksToday(), 1);
        setClockAhead(26h);
        QCOMPARE(checksToday(), 0);
        QCOMPARE(m_client->post(checks, parseJson(R"({"status":"PASS","duration":1})")).status, 201);
        QCOMPARE(checksToday(), 1);
        setClockAhead(0s);
        QCOMPARE(checksToday(), 1);
    }

    void tag_isAnotherAMinuteLater_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::newRow("dashboard") << QByteArray("/dashboard?period=today");
        QTest::newRow("a period and itself")
            << QByteArray("/compare?baselinePeriod=week&currentPeriod=week&metrics=usage");
        QTest::newRow("two periods") << QByteArray(
            "/compare?baselinePeriod=month&currentPeriod=week&metrics=usage");
    }

    /// They are compared with the same part of an earlier day, which is longer by then.
    void tag_isAnotherAMinuteLater()
    {
        QFETCH(const QByteArray, path);
        const int intoMinute = int(QDateTime::currentSecsSinceEpoch() % 60);
        setClockAhead(std::chrono::seconds(65 - intoMinute));
        const QByteArray whole = "/api/v1/analytics" + path;
        const QByteArray tag = m_client->get(whole).header("ETag");
        QVERIFY(!tag.isEmpty());
        const HttpResponse same = m_client->get(whole, {{"If-None-Match", tag}});
        QCOMPARE(same.status, 304);
        QCOMPARE(same.header("ETag"), tag);
        QVERIFY(same.body.isEmpty());
        setClockAhead(std::chrono::seconds(65 - intoMinute + 60));
        const HttpResponse later = m_client->get(whole, {{"If-None-Match", tag}});
        QCOMPARE(later.status, 200);
        QVERIFY(later.header("ETag") != tag);
    }

    void whatIsFarAheadOfTheClock_isRefused_data()
    {
        QTest::addColumn<int>("clockAhead");
        QTest::addColumn<int>("timestampAhead");
        QTest::addColumn<int>("status");
        QTest::newRow("ahead of a clock that is right") << 0 << 3600 << 400;
        QTest::newRow("ahead with the clock") << 3600 << 3600 << 201;
        QTest::newRow("right, the clock is behind") << -3600 << 0 << 400;
        QTest::newRow("behind with the clock") << -3600 << -3600 << 201;
    }

    void whatIsFarAheadOfTheClock_isRefused()
    {
        QFETCH(const int, clockAhead);
        QFETCH(const int, timestampAhead);
        QFETCH(const int, status);
        setClockAhead(std::chrono::seconds(clockAhead));
        const QDateTime timestamp = QDateTime::currentDateTimeUtc().addSecs(timestampAhead);
        const HttpResponse response =
            m_client->post(checks, QJsonObject{{u"status"_s, u"PASS"_s},
                                               {u"duration"_s, 1},
                                               {u"timestamp"_s, timestamp.toString(Qt::ISODateWithMs)}});
        QCOMPARE(response.status, status);
        if (status == 400)
            QCOMPARE(response.error(), u"ERR_1004"_s);
    }

    /// Events are kept for a day here, and answers are remembered for one.
    void clockThatIsAheadForAMoment_makesNothingOldEnoughToGo()
    {
        const RestClient::Headers key{{"Idempotency-Key", "once"}};
        const QJsonValue body = parseJson(R"({"type":"custom","name":"once"})");
        const QJsonValue first = m_client->post(records, body, key).data();
        for (int i = 0; i < 4; ++i)
            create(i);
        setClockAhead(std::chrono::days(60));
        QCOMPARE(m_client->post(records, body, key).data(), first);
        // What is old goes beside the writes.
        for (int i = 4; i < 8; ++i)
            create(i);
        setClockAhead(0s);
        create(8);
        const QJsonArray events = m_client->get("/api/v1/events?since=0").data()["events"_L1].toArray();
        QCOMPARE(events.size(), 10);
        QCOMPARE(events.first()["seq"_L1].toInt(), 1);
        const HttpResponse again = m_client->post(records, body, key);
        QCOMPARE(again.status, 201);
        QCOMPARE(again.data(), first);
    }

    void waits_areNotOfTheClock()
    {
        cleanup();
        start({u"--heartbeat-interval"_s, u"1"_s});
        WsClient listener;
        QVERIFY(listener.open(m_server->server().wsUrl()));
        RawSocket waiting(m_server->server().httpPort());
        QElapsedTimer timer;
        timer.start();
        QVERIFY(waiting.write("GET /api/v1/events?since=0&wait=3 HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        QCOMPARE(m_client->get("/health").status, 200);
        for (const std::chrono::seconds ahead : {std::chrono::days(1), -std::chrono::days(1)}) {
            setClockAhead(ahead);
            // A heartbeat comes meanwhile, and could find the session silent for a day.
            QVERIFY2(!listener.waitForClosed(1250), "a session was taken for silent");
        }
        QVERIFY(listener.sync().has_value());
        QCOMPARE(waiting.readResponse(10'000).status, 200);
        QVERIFY2(timer.elapsed() >= 2900, "the wait was cut short");
    }

private:
    void start(const QStringList& arguments)
    {
        m_server = std::make_unique<FaultyServer>(arguments);
        QVERIFY(m_server->server().start());
        m_client = std::make_unique<RestClient>(m_server->server().httpUrl());
    }

    void setClockAhead(std::chrono::seconds ahead)
    {
        m_ahead = ahead;
        m_server->board().setClockAhead(ahead);
    }

    /// What the server's clock says.
    QDateTime clock() const { return QDateTime::currentDateTimeUtc().addSecs(m_ahead.count()); }

    QJsonObject create(int name)
    {
        const HttpResponse response = m_client->post(
            records, QJsonObject{{u"type"_s, u"custom"_s}, {u"name"_s, QString::number(name)}});
        return response.status == 201 ? response.data().toObject() : QJsonObject();
    }

    int checksToday()
    {
        return m_client->get("/api/v1/analytics/dashboard?period=today")
            .data()["summary"_L1]["totalChecks"_L1]
            .toInt(-1);
    }

    std::unique_ptr<FaultyServer> m_server;
    std::unique_ptr<RestClient> m_client;
    std::chrono::seconds m_ahead{0};
};

PRISM_TEST(TestClock)

} // namespace tst_clock

#include "tst_clock.moc"
