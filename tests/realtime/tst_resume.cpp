#include "tests/realtime/resume_test.h"
#include "tests/support/test_program.h"

#include <QElapsedTimer>

namespace tst_resume {

using namespace prism::test;
using namespace Qt::StringLiterals;
using prism::protocol::Seq;

/// A client that comes back gets exactly what it missed.
class TestResume : public ResumeTest
{
    Q_OBJECT

private slots:
    void init() { start({}); }

    void cleanup() { stopServer(); }

    void resume_byAddress_sendsWhatWasMissedThenLive()
    {
        write(10);
        WsClient client;
        QVERIFY(client.open(address(4, m_epoch)));
        QVERIFY(client.waitForType("resumed"_L1).has_value());
        write(3);
        QVERIFY(client.waitForSeq(13));
        QCOMPARE(client.seqs(), range(5, 13));
        checkResumed(client, 4, 10, true);
        // hello, six missed events, resumed, live
        QCOMPARE(client.types().indexOf(u"resumed"_s), 7);
    }

    void resume_byMessage_sendsWhatWasMissedThenLive()
    {
        write(10);
        WsClient client;
        QVERIFY(client.open(m_server->wsUrl()));
        client.send(resumeMessage(4, m_epoch));
        QVERIFY(client.waitForType("resumed"_L1).has_value());
        write(3);
        QVERIFY(client.waitForSeq(13));
        QCOMPARE(client.seqs(), range(5, 13));
        checkResumed(client, 4, 10, true);
    }

    /// What happens after the greeting comes when it happens, and what was missed has its place by its seq.
    void resume_byMessage_afterLiveEvents_sendsWhatWasBeforeTheHello()
    {
        write(4);
        WsClient client;
        QVERIFY(client.open(m_server->wsUrl()));
        write(2);
        QVERIFY(client.waitForSeq(6));
        QVERIFY(client.sync().has_value());
        client.send(resumeMessage(2, m_epoch));
        QVERIFY(client.waitForType("resumed"_L1).has_value());
        write(1);
        QVERIFY(client.waitForSeq(7));
        QCOMPARE(client.seqs(), (QList<Seq>{5, 6, 3, 4, 7}));
        checkResumed(client, 2, 4, true);
    }

    /// Whatever the client says or does not say. A hundred of them: none is held back, which would take
    /// longer.
    void newSession_isLiveAtOnce()
    {
        for (int i = 1; i <= 100; ++i) {
            WsClient client;
            QVERIFY(client.open(m_server->wsUrl()));
            QCOMPARE(client.helloSeq(), i - 1);
            QElapsedTimer timer;
            timer.start();
            write(1);
            QVERIFY(client.waitForSeq(i));
            QCOMPARE(client.seqs(), QList<Seq>{i});
            m_waited += timer.elapsed();
        }
        QVERIFY2(m_waited < 25'000, qPrintable(QString::number(m_waited)));
    }

    /// From every position to every other: none missed, one, all.
    void resume_ofSoMany_data()
    {
        QTest::addColumn<Seq>("missed");
        QTest::addColumn<bool>("byAddress");
        QTest::addColumn<QStringList>("arguments");
        for (const Seq missed : {0, 1, 2, 3, 8, 9, 10}) {
            for (const bool byAddress : {true, false}) {
                QTest::addRow("%d by %s", int(missed), byAddress ? "address" : "message")
                    << missed << byAddress << QStringList();
                QTest::addRow("%d by %s from the log", int(missed), byAddress ? "address" : "message")
                    << missed << byAddress << QStringList{u"--backlog-events"_s, u"1"_s};
            }
        }
    }

    void resume_ofSoMany()
    {
        QFETCH(const Seq, missed);
        QFETCH(const bool, byAddress);
        QFETCH(const QStringList, arguments);
        constexpr Seq head = 10;
        cleanup();
        start(arguments);
        write(head);
        WsClient client;
        QVERIFY(client.open(byAddress ? address(head - missed, m_epoch) : m_server->wsUrl()));
        if (!byAddress)
            client.send(resumeMessage(head - missed, m_epoch));
        QVERIFY(client.waitForType("resumed"_L1).has_value());
        checkResumed(client, head - missed, head, true);
        QCOMPARE(client.seqs(), range(head - missed + 1, head));
        QCOMPARE(client.types().indexOf(u"resumed"_s), 1 + missed);
        write(1);
        QVERIFY(client.waitForSeq(head + 1));
        QCOMPARE(client.seqs(), range(head - missed + 1, head + 1));
    }

    /// They read the same events from the same place, each to its own end.
    void replaysOfOneWorker_endWhereTheirOwnSessionsBegan()
    {
        cleanup();
        start({u"--workers"_s, u"1"_s});
        write(5);
        WsClient early;
        QVERIFY(early.open(m_server->wsUrl()));
        write(5);
        QVERIFY(early.waitForSeq(10));
        WsClient late;
        QVERIFY(late.open(address(2, m_epoch)));
        QVERIFY(late.waitForType("resumed"_L1).has_value());
        early.send(resumeMessage(2, m_epoch));
        QVERIFY(early.waitForType("resumed"_L1).has_value());
        WsClient latest;
        QVERIFY(latest.open(address(2, m_epoch)));
        QVERIFY(latest.waitForType("resumed"_L1).has_value());
        QCOMPARE(early.seqs(), (QList<Seq>{6, 7, 8, 9, 10, 3, 4, 5}));
        checkResumed(early, 2, 5, true);
        QCOMPARE(late.seqs(), range(3, 10));
        checkResumed(late, 2, 10, true);
        QCOMPARE(latest.seqs(), range(3, 10));
        write(1);
        for (WsClient* client : {&early, &late, &latest}) {
            QVERIFY(client->waitForSeq(11));
            QCOMPARE(client->seqs().last(), 11);
            QCOMPARE(client->seqs().count(11), 1);
        }
    }

    void subscriptionBeforeResume_filtersWhatWasMissed()
    {
        write(3);
        QCOMPARE(
            m_client->post("/api/v1/gateway/checks", parseJson(R"({"status":"PASS","duration":1})")).status,
            201);
        write(2);
        WsClient client;
        QVERIFY(client.open(m_server->wsUrl()));
        client.send({{u"type"_s, u"subscribe"_s}, {u"event"_s, u"gateway:*"_s}});
        client.send(resumeMessage(0, m_epoch));
        QVERIFY(client.waitForType("resumed"_L1).has_value());
        checkResumed(client, 0, 6, true);
        QCOMPARE(client.seqs(), range(4, 4));
    }

    void resume_byFlatMessage_worksToo()
    {
        write(3);
        WsClient client;
        QVERIFY(client.open(m_server->wsUrl()));
        client.send({{u"type"_s, u"resume"_s}, {u"epoch"_s, m_epoch}, {u"since"_s, 1}});
        QVERIFY(client.waitForType("resumed"_L1).has_value());
        QCOMPARE(client.seqs(), range(2, 3));
    }

    void resume_fromTheHead_missesNothing()
    {
        write(5);
        WsClient client;
        QVERIFY(client.open(address(5, m_epoch)));
        QVERIFY(client.waitForType("resumed"_L1).has_value());
        checkResumed(client, 5, 5, true);
        QCOMPARE(client.seqs(), QList<Seq>());
    }

    void resume_fromTheBeginning_sendsEverything()
    {
        write(5);
        WsClient client;
        QVERIFY(client.open(address(0, m_epoch)));
        QVERIFY(client.waitForType("resumed"_L1).has_value());
        QCOMPARE(client.seqs(), range(1, 5));
    }

    void resume_afterARestart_goesOn()
    {
        write(5);
        WsClient before;
        QVERIFY(before.open(m_server->wsUrl()));
        write(2);
        QVERIFY(before.waitForSeq(7));
        QVERIFY(m_server->restart());
        m_client = std::make_unique<RestClient>(m_server->httpUrl());
        write(2);
        WsClient after;
        QVERIFY(after.open(address(6, before.epoch())));
        QVERIFY(after.waitForType("resumed"_L1).has_value());
        QCOMPARE(after.epoch(), before.epoch());
        QCOMPARE(after.seqs(), range(7, 9));
    }

    void replay_ofTenThousand_isWholeAndQuick()
    {
        QByteArray body;
        for (int i = 0; i < 10000; ++i)
            body += "{\"status\":\"PASS\",\"duration\":1}\n";
        QCOMPARE(
            m_client->post("/api/v1/gateway/checks", body, {{"Content-Type", "application/x-ndjson"}}).status,
            201);
        WsClient client;
        QVERIFY(client.open(address(0, m_epoch)));
        QVERIFY(client.waitForType("resumed"_L1, 20000).has_value());
        QCOMPARE(client.seqs(), range(1, 10000));
    }

private:
    qint64 m_waited = 0; // ms
};

PRISM_TEST(TestResume)

} // namespace tst_resume

#include "tst_resume.moc"
