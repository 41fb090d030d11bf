#include "tests/support/server_test.h"
#include "tests/support/test_program.h"
#include "tests/support/ws_client.h"

#include <QTest>

#include <thread>

using namespace prism::test;
using namespace Qt::StringLiterals;
using prism::protocol::Seq;

namespace {

QList<Seq> range(Seq from, Seq to)
{
    QList<Seq> list;
    for (Seq i = from; i <= to; ++i)
        list.append(i);
    return list;
}

QJsonObject resumeMessage(Seq since, const QString& epoch)
{
    return {{u"type"_s, u"resume"_s},
            {u"data"_s, QJsonObject{{u"epoch"_s, epoch}, {u"since"_s, qint64(since)}}}};
}

} // namespace

/// A client that comes back gets exactly what it missed, or is told to reload.
class TestResume : public ServerTest
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

    void eventBetweenHelloAndResume_comesOnceAndInItsPlace()
    {
        cleanup();
        start({u"--resume-grace"_s, u"30"_s});
        write(4);
        WsClient client;
        QVERIFY(client.open(m_server->wsUrl()));
        write(2);
        client.send(resumeMessage(2, m_epoch));
        QVERIFY(client.waitForType("resumed"_L1).has_value());
        write(1);
        QVERIFY(client.waitForSeq(7));
        QCOMPARE(client.seqs(), range(3, 7));
        checkResumed(client, 2, 6, true);
    }

    void silentSession_isLiveAfterTheGrace()
    {
        cleanup();
        start({u"--resume-grace"_s, u"0.2"_s});
        WsClient client;
        QVERIFY(client.open(m_server->wsUrl()));
        write(3);
        QVERIFY(client.waitForSeq(3));
        QCOMPARE(client.seqs(), range(1, 3));
    }

    void firstMessage_endsTheGrace()
    {
        cleanup();
        start({u"--resume-grace"_s, u"30"_s});
        WsClient client;
        QVERIFY(client.open(m_server->wsUrl()));
        QVERIFY(client.sync().has_value());
        write(1);
        QVERIFY(client.waitForSeq(1));
    }

    void resumeAfterLiveEvents_isToldToReloadInsteadOfRepeatingThem()
    {
        cleanup();
        start({u"--resume-grace"_s, u"0.05"_s});
        WsClient client;
        QVERIFY(client.open(m_server->wsUrl()));
        write(1);
        QVERIFY(client.waitForSeq(1));
        client.send(resumeMessage(0, m_epoch));
        QVERIFY(client.waitForType("resumed"_L1).has_value());
        checkResumed(client, 0, 1, false);
        write(1);
        QVERIFY(client.waitForSeq(2));
        QCOMPARE(client.seqs(), range(1, 2));
    }

    void subscriptionBeforeResume_filtersWhatWasMissed()
    {
        cleanup();
        start({u"--resume-grace"_s, u"30"_s});
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

    void resume_fromElsewhere_sendsNothingAndSaysSo_data()
    {
        QTest::addColumn<Seq>("since");
        QTest::addColumn<QString>("epoch");
        QTest::newRow("other epoch") << Seq(2) << u"another"_s;
        QTest::newRow("no epoch") << Seq(2) << QString();
        QTest::newRow("beyond the head") << Seq(99) << QString(u'='); // stands for the right one
    }

    void resume_fromElsewhere_sendsNothingAndSaysSo()
    {
        QFETCH(const Seq, since);
        QFETCH(QString, epoch);
        if (epoch == u"=")
            epoch = m_epoch;
        write(5);
        for (const bool byAddress : {true, false}) {
            WsClient client;
            QVERIFY(client.open(byAddress ? address(since, epoch) : m_server->wsUrl()));
            if (!byAddress)
                client.send(resumeMessage(since, epoch));
            const auto resumed = client.waitForType("resumed"_L1);
            QVERIFY(resumed.has_value());
            QCOMPARE((*resumed)["data"_L1]["complete"_L1], QJsonValue(false));
            QCOMPARE(client.seqs(), QList<Seq>());
            write(1);
            const Seq head = m_client->get("/api/v1/events").data()["head"_L1].toInteger();
            QVERIFY2(client.waitForSeq(head), "live events go on");
            QCOMPARE(client.seqs(), QList<Seq>{head});
        }
    }

    void resume_thatIsNotFirst_isAnErrorAndChangesNothing()
    {
        write(5);
        WsClient client;
        QVERIFY(client.open(m_server->wsUrl()));
        QVERIFY(client.sync().has_value());
        client.send(resumeMessage(0, m_epoch));
        QVERIFY(client.waitForType("error"_L1).has_value());
        QVERIFY(client.sync().has_value());
        QCOMPARE(client.seqs(), QList<Seq>());
        write(1);
        QVERIFY(client.waitForSeq(6));
    }

    void resume_withNonsense_isAnError_data()
    {
        QTest::addColumn<QJsonValue>("since");
        QTest::newRow("negative") << QJsonValue(-1);
        QTest::newRow("text") << QJsonValue(u"1"_s);
        QTest::newRow("absent") << QJsonValue();
        QTest::newRow("fraction") << QJsonValue(1.5);
    }

    void resume_withNonsense_isAnError()
    {
        QFETCH(const QJsonValue, since);
        WsClient client;
        QVERIFY(client.open(m_server->wsUrl()));
        client.send(
            {{u"type"_s, u"resume"_s}, {u"data"_s, QJsonObject{{u"epoch"_s, m_epoch}, {u"since"_s, since}}}});
        const auto error = client.waitForType("error"_L1);
        QVERIFY(error.has_value());
        QVERIFY(client.sync().has_value());
    }

    void session_withoutResume_startsAtItsHello()
    {
        write(4);
        WsClient client;
        QVERIFY(client.open(m_server->wsUrl()));
        QCOMPARE(client.helloSeq(), 4);
        write(2);
        QVERIFY(client.waitForSeq(6));
        QCOMPARE(client.seqs(), range(5, 6));
    }

    /// The clients come and go all the time while others write; what each of them saw has no gap, no repeat.
    void resume_whileWritesGoOn_hasNoGapAndNoRepeat_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("from memory") << QStringList();
        QTest::newRow("mostly from the log") << QStringList{u"--backlog-events"_s, u"10"_s};
    }

    void resume_whileWritesGoOn_hasNoGapAndNoRepeat()
    {
        QFETCH(const QStringList, arguments);
        cleanup();
        start(arguments + QStringList{u"--resume-grace"_s, u"30"_s});
        constexpr Seq total = 900;
        std::vector<std::thread> writers;
        for (int w = 0; w < 3; ++w) {
            writers.emplace_back([this] {
                RestClient client(m_server->httpUrl());
                for (Seq i = 0; i < total / 3; ++i)
                    client.post("/api/v1/retros", parseJson(R"({"type":"quick","duration":1})"));
            });
        }
        QList<Seq> seen;
        int rounds = 0;
        while ((seen.isEmpty() || seen.last() < total) && rounds < 500) {
            const Seq since = seen.isEmpty() ? 0 : seen.last();
            WsClient client;
            if (++rounds % 2) {
                QVERIFY(client.open(address(since, m_epoch)));
            } else {
                QVERIFY(client.open(m_server->wsUrl()));
                client.send(resumeMessage(since, m_epoch));
            }
            const auto resumed = client.waitForType("resumed"_L1);
            QVERIFY(resumed.has_value());
            QCOMPARE((*resumed)["data"_L1]["complete"_L1], QJsonValue(true));
            // Some leave at once, some stay for a few live events.
            if (rounds % 3 == 0)
                client.waitForSeq(qMin(total, since + 40), 1000);
            seen += client.seqs();
        }
        for (std::thread& writer : writers)
            writer.join();
        QCOMPARE(seen, range(1, total));
        QVERIFY(rounds > 3);
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
    void start(const QStringList& arguments)
    {
        startServer(arguments);
        m_epoch = m_client->get("/api/v1/events").data()["epoch"_L1].toString();
    }

    void write(int count)
    {
        for (int i = 0; i < count; ++i)
            QCOMPARE(m_client->post("/api/v1/retros", parseJson(R"({"type":"quick","duration":1})")).status,
                     201);
    }

    QUrl address(Seq since, const QString& epoch) const
    {
        QUrl url = m_server->wsUrl();
        url.setQuery(u"since=%1&epoch=%2"_s.arg(since).arg(epoch));
        return url;
    }

    static void checkResumed(const WsClient& client, Seq from, Seq to, bool complete)
    {
        const QJsonObject message = client.messages().value(client.types().indexOf(u"resumed"_s));
        QCOMPARE(message["data"_L1].toObject(),
                 (QJsonObject{{u"from"_s, qint64(from)}, {u"to"_s, qint64(to)}, {u"complete"_s, complete}}));
        QVERIFY(!message.contains("seq"_L1));
    }

    QString m_epoch;
};

PRISM_TEST(TestResume)
#include "tst_resume.moc"
