#include "tests/realtime/resume_test.h"
#include "tests/support/test_program.h"

#include <QJsonArray>
#include <QRandomGenerator>

#include <algorithm>
#include <atomic>
#include <optional>
#include <thread>
#include <tuple>

namespace tst_resume_crowds {

using namespace prism::test;
using namespace Qt::StringLiterals;
using prism::protocol::Seq;

/// Clients that come and go while others write miss nothing, and get nothing twice.
class TestResumeCrowds : public ResumeTest
{
    Q_OBJECT

private slots:
    void init() { start({}); }

    void cleanup() { stopServer(); }

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

private:
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
};

PRISM_TEST(TestResumeCrowds)

} // namespace tst_resume_crowds

#include "tst_resume_crowds.moc"
