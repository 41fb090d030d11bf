#include "tests/api/scenario.h"
#include "tests/support/server_test.h"
#include "tests/support/test_program.h"

#include <QTest>

namespace tst_events {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray events = "/api/v1/events";

QList<qint64> seqsOf(const QJsonValue& data)
{
    QList<qint64> seqs;
    for (const auto& event : data["events"_L1].toArray())
        seqs.append(event["seq"_L1].toInteger());
    return seqs;
}

QList<qint64> range(qint64 from, qint64 to)
{
    QList<qint64> list;
    for (qint64 i = from; i <= to; ++i)
        list.append(i);
    return list;
}

} // namespace

/// The log of events, read as JSON.
class TestEvents : public ServerTest
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        startServer();
        const HttpResponse empty = m_client->get(events + "?since=0");
        QCOMPARE(empty.status, 200);
        QCOMPARE(seqsOf(empty.data()), QList<qint64>());
        QCOMPARE(empty.data()["seq"_L1].toInteger(-1), 0);
        QCOMPARE(empty.data()["complete"_L1], QJsonValue(true));
        for (int i = 0; i < 30; ++i)
            QCOMPARE(m_client->post("/api/v1/retros", parseJson(R"({"type":"quick","duration":1})")).status,
                     201);
    }

    void cleanupTestCase() { stopServer(); }

    void list_hasWhatCameAfter_data()
    {
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<qint64>("first");
        QTest::addColumn<qint64>("last");
        QTest::newRow("all") << "since=0"_ba << qint64(1) << qint64(30);
        QTest::newRow("some") << "since=27"_ba << qint64(28) << qint64(30);
        QTest::newRow("none") << "since=30"_ba << qint64(31) << qint64(30);
        QTest::newRow("limited") << "since=10&limit=4"_ba << qint64(11) << qint64(14);
        QTest::newRow("limit beyond the end") << "since=28&limit=50"_ba << qint64(29) << qint64(30);
    }

    void list_hasWhatCameAfter()
    {
        QFETCH(const QByteArray, query);
        QFETCH(const qint64, first);
        QFETCH(const qint64, last);
        const HttpResponse response = m_client->get(events + '?' + query);
        QCOMPARE(response.status, 200);
        QCOMPARE(seqsOf(response.data()), range(first, last));
        QCOMPARE(response.data()["seq"_L1].toInteger(), last);
        QCOMPARE(response.data()["head"_L1].toInteger(), 30);
        QCOMPARE(response.data()["complete"_L1], QJsonValue(true));
        QVERIFY(!response.data()["epoch"_L1].toString().isEmpty());
    }

    void list_isRefusedForNonsense_data()
    {
        QTest::addColumn<QByteArray>("query");
        QTest::newRow("negative") << "since=-1"_ba;
        QTest::newRow("word") << "since=yesterday"_ba;
        QTest::newRow("fraction") << "since=1.5"_ba;
        QTest::newRow("limit 0") << "since=0&limit=0"_ba;
        QTest::newRow("limit is a word") << "since=0&limit=all"_ba;
    }

    void list_isRefusedForNonsense()
    {
        QFETCH(const QByteArray, query);
        const HttpResponse response = m_client->get(events + '?' + query);
        QCOMPARE(response.status, 400);
        QCOMPARE(response.error(), u"ERR_1001"_s);
    }

    void list_ofAnotherEpoch_isNotComplete()
    {
        const QString epoch = m_client->get(events + "?since=0").data()["epoch"_L1].toString();
        const HttpResponse same = m_client->get(events + "?since=20&epoch=" + epoch.toLatin1());
        QCOMPARE(same.data()["complete"_L1], QJsonValue(true));
        QCOMPARE(seqsOf(same.data()), range(21, 30));
        const HttpResponse other = m_client->get(events + "?since=20&epoch=another");
        QCOMPARE(other.status, 200);
        QCOMPARE(other.data()["complete"_L1], QJsonValue(false));
        QCOMPARE(seqsOf(other.data()), QList<qint64>());
    }

    void epoch_andNumbers_surviveARestart()
    {
        const QJsonValue before = m_client->get(events + "?since=0").data();
        QVERIFY(m_server->restart());
        m_client = std::make_unique<RestClient>(m_server->httpUrl());
        QCOMPARE(m_client->get(events + "?since=0").data(), before);
        QCOMPARE(m_client->get("/api/v1/analytics/dashboard").data()["epoch"_L1], before["epoch"_L1]);
    }
};

PRISM_TEST(TestEvents)

} // namespace tst_events

#include "tst_events.moc"
