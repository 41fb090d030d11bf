#include "tests/faults/faulty_server.h"
#include "tests/support/rest_client.h"
#include "tests/support/test_program.h"
#include "tests/support/ws_client.h"

#include <QDateTime>
#include <QTest>

namespace tst_failing_gate {

using namespace prism::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const QByteArray checks = "/api/v1/gateway/checks";
const QByteArray anomalies = "/api/v1/analytics/anomalies";

} // namespace

/// A gate that fails for too long, on a real server whose clock the test moves on.
class TestFailingGate : public QObject
{
    Q_OBJECT

private slots:
    /// The server's clock begins ten minutes into an hour.
    void init()
    {
        m_server = std::make_unique<FaultyServer>(QStringList{u"--timezone"_s, u"UTC"_s});
        QVERIFY(m_server->server().start());
        m_client = std::make_unique<RestClient>(m_server->server().httpUrl());
        const QDateTime real = QDateTime::currentDateTimeUtc();
        m_hour = QDateTime(real.date(), QTime(real.time().hour(), 0), Qt::UTC).addSecs(3600);
        setClock(m_hour.addSecs(600));
    }

    void cleanup()
    {
        m_client.reset();
        m_server.reset();
    }

    /// Nobody writes anything when its time is over.
    void gateThatStaysBlocked_raisesAnAlertThatEndsWhenItPasses()
    {
        setClock(m_hour.addSecs(600 + 1798));
        QVERIFY(post(u"BLOCKED"_s, m_hour.addSecs(600)));
        WsClient watching;
        QVERIFY(watching.open(m_server->server().wsUrl()));
        const auto raised = watching.waitForType("alert"_L1, 10'000);
        QVERIFY(raised);
        const QJsonValue alert = raised->value("data"_L1);
        QCOMPARE(alert["kind"_L1].toString(), u"gate_failing"_s);
        QCOMPARE(alert["state"_L1].toString(), u"open"_s);
        QCOMPARE(alert["project"_L1].toString(), u"shop"_s);
        QCOMPARE(alert["gate"_L1].toString(), u"unit"_s);
        QCOMPARE(timeOf(alert["since"_L1]), m_hour.addSecs(600));
        const QByteArray ack = anomalies + '/' + alert["id"_L1].toString().toLatin1() + "/ack";
        QCOMPARE(m_client->post(ack, QJsonObject{{u"by"_s, u"ana"_s}}).status, 200);

        QVERIFY(m_server->server().restart());
        m_client = std::make_unique<RestClient>(m_server->server().httpUrl());
        QCOMPARE(list("acknowledged").size(), 1);
        setClock(m_hour.addSecs(2700));
        QVERIFY(post(u"PASS"_s, m_hour.addSecs(2700)));
        QTRY_COMPARE(list("resolved").size(), 1);
        QCOMPARE(timeOf(list("resolved")[0]["resolvedAt"_L1]), m_hour.addSecs(2700));
    }

    void timeThatPassesWhileTheServerIsStopped_counts()
    {
        QVERIFY(post(u"BLOCKED"_s, m_hour.addSecs(600)));
        QCOMPARE(list("open").size(), 0);
        setClock(m_hour.addSecs(600 + 31 * 60));
        QVERIFY(m_server->server().restart());
        m_client = std::make_unique<RestClient>(m_server->server().httpUrl());
        QTRY_COMPARE(list("open").size(), 1);
    }

    void whatIsImportedOrLate_raisesNothing_data()
    {
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<int>("secondsAgo");
        QTest::newRow("imported") << QByteArray("?imported=true") << 2'000;
        QTest::newRow("late") << QByteArray() << 7'200;
    }

    /// Another gate, of now, shows that all was judged.
    void whatIsImportedOrLate_raisesNothing()
    {
        QFETCH(const QByteArray, query);
        QFETCH(const int, secondsAgo);
        setClock(m_hour.addSecs(3'000));
        QVERIFY(post(u"BLOCKED"_s, m_now.addSecs(-secondsAgo), u"unit"_s, query));
        QVERIFY(post(u"BLOCKED"_s, m_now.addSecs(-1'900), u"seen"_s));
        QTRY_COMPARE(list("open").size(), 1);
        QCOMPARE(list("open")[0]["gate"_L1].toString(), u"seen"_s);
        QVERIFY(post(u"BLOCKED"_s, m_now, u"unit"_s)); // once it is seen live, it has been so for long
        QTRY_COMPARE(list("open").size(), 2);
    }

    void mutedKind_raisesNothing()
    {
        QCOMPARE(m_client
                     ->put("/api/v1/alerts/mutes/gate_failing",
                           QJsonObject{{u"until"_s, m_now.addDays(1).toString(Qt::ISODateWithMs)}})
                     .status,
                 200);
        setClock(m_hour.addSecs(3'000));
        QVERIFY(post(u"BLOCKED"_s, m_hour.addSecs(600)));
        QCOMPARE(m_client->remove("/api/v1/alerts/mutes/gate_failing").status, 200);
        QTRY_COMPARE(list("open").size(), 1);
        QVERIFY(timeOf(list("open")[0]["timestamp"_L1]) >= m_now);
    }

private:
    static QDateTime timeOf(const QJsonValue& value)
    {
        return QDateTime::fromString(value.toString(), Qt::ISODateWithMs);
    }

    void setClock(const QDateTime& now)
    {
        m_server->board().setClockAhead(std::chrono::seconds(QDateTime::currentDateTimeUtc().secsTo(now)));
        m_now = now;
    }

    bool post(const QString& status, const QDateTime& time, const QString& gate = u"unit"_s,
              const QByteArray& query = {})
    {
        const QJsonObject check{{u"status"_s, status},
                                {u"project"_s, u"shop"_s},
                                {u"gate"_s, gate},
                                {u"branch"_s, u"main"_s},
                                {u"timestamp"_s, time.toString(Qt::ISODateWithMs)}};
        return m_client->post(checks + query, check).status == 201;
    }

    QJsonArray list(const QByteArray& state)
    {
        return m_client->get(anomalies + "?kind=gate_failing&state=" + state).data().toArray();
    }

    std::unique_ptr<FaultyServer> m_server;
    std::unique_ptr<RestClient> m_client;
    QDateTime m_hour; ///< that runs at the beginning
    QDateTime m_now;
};

PRISM_TEST(TestFailingGate)

} // namespace tst_failing_gate

#include "tst_failing_gate.moc"
