#include "tests/support/server_test.h"
#include "tests/support/test_program.h"
#include "tests/support/ws_client.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <atomic>
#include <optional>
#include <thread>
#include <tuple>

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

    void resume_again_isAnErrorAndChangesNothing_data()
    {
        QTest::addColumn<bool>("byAddress");
        QTest::newRow("after one by address") << true;
        QTest::newRow("after one by message") << false;
    }

    void resume_again_isAnErrorAndChangesNothing()
    {
        QFETCH(const bool, byAddress);
        write(5);
        WsClient client;
        QVERIFY(client.open(byAddress ? address(4, m_epoch) : m_server->wsUrl()));
        if (!byAddress)
            client.send(resumeMessage(4, m_epoch));
        QVERIFY(client.waitForType("resumed"_L1).has_value());
        client.send(resumeMessage(0, m_epoch));
        QVERIFY(client.waitForType("error"_L1).has_value());
        QVERIFY(client.sync().has_value());
        QCOMPARE(client.seqs(), QList<Seq>{5});
        write(1);
        QVERIFY(client.waitForSeq(6));
    }

    /// It has heard of it by another way, and what this session sends it will know again by its seq.
    void resume_fromBeyondTheHello_isComplete()
    {
        write(2);
        WsClient client;
        QVERIFY(client.open(m_server->wsUrl()));
        write(2);
        QVERIFY(client.waitForSeq(4));
        client.send(resumeMessage(3, m_epoch));
        QVERIFY(client.waitForType("resumed"_L1).has_value());
        checkResumed(client, 3, 3, true);
        write(1);
        QVERIFY(client.waitForSeq(5));
        QCOMPARE(client.seqs(), range(3, 5));
    }

    void addressWithNonsense_isAnErrorAndTheSessionIsLive_data()
    {
        QTest::addColumn<QString>("query");
        for (const char* query :
             {"since=", "since=-1", "since=1.5", "since=abc", "since=99999999999999999999"})
            QTest::newRow(query) << QString::fromLatin1(query);
    }

    void addressWithNonsense_isAnErrorAndTheSessionIsLive()
    {
        QFETCH(const QString, query);
        write(3);
        WsClient client;
        QUrl url = m_server->wsUrl();
        url.setQuery(query + u"&epoch="_s + m_epoch);
        QVERIFY(client.open(url));
        QVERIFY(client.waitForType("error"_L1).has_value());
        write(1);
        QVERIFY(client.waitForSeq(4));
        QCOMPARE(client.seqs(), QList<Seq>{4});
        client.send(resumeMessage(1, m_epoch));
        QVERIFY(client.waitForType("resumed"_L1).has_value());
        QCOMPARE(client.seqs(), (QList<Seq>{4, 2, 3}));
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
        start(arguments);
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
            QList<Seq> got = client.seqs();
            if (rounds % 2 == 0) // what happened before it resumed came first
                std::sort(got.begin(), got.end());
            seen += got;
        }
        for (std::thread& writer : writers)
            writer.join();
        QCOMPARE(seen, range(1, total));
        QVERIFY(rounds > 3);
    }

    /// Sessions of all kinds come and go, resume when they like and narrow what they get, while others write.
    /// What each of them got is what it should have: the missed ones whole, once, in order and before
    /// `resumed`, the others whole, once and in order, and nothing of the others among the missed ones.
    void randomSessions_getEachEventOnceAndInItsPlace_data()
    {
        QTest::addColumn<quint32>("seed");
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("from memory") << quint32(1) << QStringList{u"--workers"_s, u"1"_s};
        QTest::newRow("from the log") << quint32(2) << QStringList{u"--backlog-events"_s, u"10"_s};
    }

    void randomSessions_getEachEventOnceAndInItsPlace()
    {
        QFETCH(const quint32, seed);
        QFETCH(const QStringList, arguments);
        cleanup();
        start(arguments);
        std::atomic<bool> isOver{false};
        std::vector<std::thread> writers;
        for (int w = 0; w < 2; ++w) {
            writers.emplace_back([this, w, &isOver] {
                RestClient client(m_server->httpUrl());
                while (!isOver) {
                    client.post("/api/v1/retros", parseJson(R"({"type":"quick","duration":1})"));
                    if (w == 0)
                        client.post("/api/v1/gateway/checks", parseJson(R"({"status":"PASS","duration":1})"));
                }
            });
        }
        QRandomGenerator random(seed);
        Seq known = 0;
        QString problem;
        for (int round = 0; round < 60 && problem.isEmpty(); ++round) {
            const bool byAddress = random.bounded(3) == 0;
            const bool byMessage = !byAddress && random.bounded(2) == 0;
            const bool subscribes = random.bounded(2) == 0;
            const Seq since = random.bounded(int(known) + 1);
            WsClient client;
            if (!client.open(byAddress ? address(since, m_epoch) : m_server->wsUrl())) {
                problem = u"no session"_s;
                break;
            }
            const auto pause = [&] {
                client.waitForCount(client.messages().size() + random.bounded(8), 500);
            };
            if (random.bounded(2) == 0)
                pause();
            if (subscribes)
                client.send({{u"type"_s, u"subscribe"_s}, {u"event"_s, u"gateway:check"_s}});
            if (random.bounded(2) == 0)
                pause();
            if (byMessage)
                client.send(resumeMessage(since, m_epoch));
            if (byAddress || byMessage)
                client.waitForType("resumed"_L1, 20'000);
            pause();
            client.sync();
            problem =
                problemOf(client, byAddress || byMessage ? std::optional(since) : std::nullopt, subscribes);
            known = std::max(known, client.helloSeq());
        }
        isOver = true;
        for (std::thread& writer : writers)
            writer.join();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
        QVERIFY(known > 50);
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

    /// What is wrong with what a session got; it has been asked for its position (pong) last. Of checks
    /// nothing may be missing; what else was sent before its subscription was heard of is its good right.
    QString problemOf(const WsClient& client, std::optional<Seq> since, bool subscribes)
    {
        const Seq hello = client.helloSeq();
        const qsizetype pong = client.types().lastIndexOf(u"pong"_s);
        const Seq reached = client.messages().value(pong)["data"_L1]["seq"_L1].toInteger();
        const qsizetype subscribed = client.types().indexOf(u"subscribed"_s);
        const qsizetype resumed = client.types().indexOf(u"resumed"_s);
        QList<Seq> missed;
        QList<Seq> live;
        for (qsizetype i = 0; i < pong; ++i) {
            const QJsonObject message = client.messages()[i];
            if (!message.contains("seq"_L1))
                continue;
            const Seq seq = message["seq"_L1].toInteger();
            const bool isWanted = !subscribes || message["type"_L1] == u"gateway:check:completed"_s;
            if (!isWanted && i > subscribed)
                return u"%1 was not asked for"_s.arg(seq);
            if (seq > hello) {
                live.append(seq);
                if (!missed.isEmpty() && i < resumed)
                    return u"%1 came among what was missed"_s.arg(seq);
                continue;
            }
            missed.append(seq);
            if (i > resumed)
                return u"%1 was missed and came after resumed"_s.arg(seq);
        }
        if (pong < 0)
            return u"no pong"_s;
        if (since && (resumed < 0 || !client.messages()[resumed]["data"_L1]["complete"_L1].toBool()))
            return u"it was not resumed"_s;
        for (const auto& [got, from, to] :
             {std::tuple(missed, since.value_or(hello), hello), std::tuple(live, hello, reached)}) {
            if (!std::is_sorted(got.begin(), got.end()) ||
                std::adjacent_find(got.begin(), got.end()) != got.end())
                return u"after %1 not in order, or twice"_s.arg(from);
            const QJsonArray all =
                m_client->get("/api/v1/events?limit=1000&since=" + QByteArray::number(from))
                    .data()["events"_L1]
                    .toArray();
            for (const auto& event : all) {
                const Seq seq = event["seq"_L1].toInteger();
                const bool isWanted = !subscribes || event["type"_L1] == u"gateway:check:completed"_s;
                if (seq <= to && isWanted && !got.contains(seq))
                    return u"%1 is missing of %2 to %3"_s.arg(seq).arg(from).arg(to);
            }
            if (!got.isEmpty() && (got.first() <= from || got.last() > to))
                return u"more than %1 to %2"_s.arg(from).arg(to);
        }
        return {};
    }

    static void checkResumed(const WsClient& client, Seq from, Seq to, bool complete)
    {
        const QJsonObject message = client.messages().value(client.types().indexOf(u"resumed"_s));
        QCOMPARE(message["data"_L1].toObject(),
                 (QJsonObject{{u"from"_s, qint64(from)}, {u"to"_s, qint64(to)}, {u"complete"_s, complete}}));
        QVERIFY(!message.contains("seq"_L1));
    }

    QString m_epoch;
    qint64 m_waited = 0; // ms
};

PRISM_TEST(TestResume)
#include "tst_resume.moc"
