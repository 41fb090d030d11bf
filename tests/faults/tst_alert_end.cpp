#include "tests/faults/faulty_server.h"
#include "tests/support/rest_client.h"
#include "tests/support/test_program.h"
#include "tests/support/ws_client.h"

#include <QDateTime>
#include <QTest>

namespace tst_alert_end {

using namespace prism::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const QByteArray checks = "/api/v1/gateway/checks";
const QByteArray anomalies = "/api/v1/analytics/anomalies";

QJsonObject checkAt(const QDateTime& time, int violations)
{
    QJsonArray list;
    for (int i = 0; i < violations; ++i)
        list.append(QJsonObject{{u"principleId"_s, u"p"_s}, {u"severity"_s, u"WARNING"_s}});
    return {{u"status"_s, violations > 0 ? u"WARNING"_s : u"PASS"_s},
            {u"duration"_s, 5},
            {u"timestamp"_s, time.toString(Qt::ISODateWithMs)},
            {u"violations"_s, list}};
}

} // namespace

/// An alert from its beginning to its end, on a real server whose clock the test moves on by hours.
class TestAlertEnd : public QObject
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

    void alert_isOverWhenTheHoursAreQuiet()
    {
        QVERIFY(beginSpike());
        WsClient watching;
        QVERIFY(watching.open(m_server->server().wsUrl()));

        setClock(m_hour.addSecs(3600 + 600));
        QVERIFY(post(80, 0));
        QCOMPARE(m_client->get(anomalies + "?state=open").data().toArray().size(), 1);

        setClock(m_hour.addSecs(2 * 3600 + 600));
        QVERIFY(post(1, 0));
        const auto event = watching.waitForType("alert"_L1, 10'000);
        QVERIFY(event);
        const QJsonValue over = event->value("data"_L1);
        QCOMPARE(over["kind"_L1].toString(), u"violation_spike"_s);
        QCOMPARE(over["state"_L1].toString(), u"resolved"_s);
        QCOMPARE(timeOf(over["resolvedAt"_L1]), m_hour.addSecs(2 * 3600));
        QCOMPARE(timeOf(over["since"_L1]), m_hour);
        QCOMPARE(over["checks"_L1].toInt(), 83);
        QCOMPARE(over["value"_L1].toDouble(), 30.0);
        QCOMPARE(m_client->get(anomalies + "?state=resolved").data().toArray(), QJsonArray{over});

        QVERIFY(m_server->server().restart());
        m_client = std::make_unique<RestClient>(m_server->server().httpUrl());
        QCOMPARE(m_client->get(anomalies).data().toArray(), QJsonArray{over});
    }

    /// It continues the one that ended less than a day before, and begins anew after that.
    void alertAfterItsEnd_continuesItForADay_data()
    {
        QTest::addColumn<int>("hoursLater");
        QTest::addColumn<int>("alerts");
        QTest::newRow("within a day") << 22 << 1;
        QTest::newRow("later") << 26 << 2;
    }

    void alertAfterItsEnd_continuesItForADay()
    {
        QFETCH(const int, hoursLater);
        QFETCH(const int, alerts);
        QVERIFY(beginSpike());
        setClock(m_hour.addSecs(3600 + 600));
        QVERIFY(post(80, 0));
        setClock(m_hour.addSecs(2 * 3600 + 600));
        QVERIFY(post(1, 0));
        QTRY_COMPARE(m_client->get(anomalies + "?state=resolved").data().toArray().size(), 1);
        setClock(m_hour.addSecs((2 + hoursLater) * 3600 + 600));
        QVERIFY(post(3, 10));
        const auto open = [this] {
            return m_client->get(anomalies + "?state=open&kind=violation_spike").data();
        };
        QTRY_COMPARE(open().toArray().size(), 1);
        QVERIFY(open()[0]["resolvedAt"_L1].isUndefined()); // though the one it may continue was over
        QCOMPARE(m_client->get(anomalies + "?kind=violation_spike").data().toArray().size(), alerts);
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

    /// So many live checks of now, with so many violations each.
    bool post(int count, int violations)
    {
        QJsonArray list;
        for (int i = 0; i < count; ++i)
            list.append(checkAt(m_now, violations));
        return m_client->post(checks, list).status == 201;
    }

    /// What is usual, twelve hours of twenty quick checks each with 0.05 violations a check, and then far
    /// more.
    bool beginSpike()
    {
        QJsonArray usual;
        for (int i = 0; i < 240; ++i)
            usual.append(checkAt(m_now.addDays(-10).addSecs(-3600 * (i % 12)), i < 12 ? 1 : 0));
        if (m_client->post(checks + "?imported=true", usual).status != 201 || !post(3, 10))
            return false;
        return QTest::qWaitFor(
            [&] { return m_client->get(anomalies + "?state=open").data().toArray().size() == 1; });
    }

    std::unique_ptr<FaultyServer> m_server;
    std::unique_ptr<RestClient> m_client;
    QDateTime m_hour; ///< that runs at the beginning
    QDateTime m_now;
};

PRISM_TEST(TestAlertEnd)

} // namespace tst_alert_end

#include "tst_alert_end.moc"
