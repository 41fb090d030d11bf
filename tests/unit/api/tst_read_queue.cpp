#include "server/api/read_queue.h"
#include "tests/support/test_program.h"

#include <QTest>

namespace tst_read_queue {

using namespace prism;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using api::Effort;
using api::ReadJob;
using api::ReadQueue;

/// Who waits for a reader, for how long, and who comes next.
class ReadQueueTest : public QObject
{
    Q_OBJECT

    using Taker = ReadQueue::Taker;

    std::unique_ptr<ReadQueue> m_queue;
    std::vector<ReadJob> m_forgotten;
    std::optional<protocol::Error> m_refused; ///< the last push
    std::atomic<bool> m_stopping{false};

    /// Its address tells a job from others.
    bool push(const QString& peer, Effort effort = Effort::Open, std::chrono::milliseconds most = 60s,
              const std::shared_ptr<const http::Presence>& client = {}, std::size_t bytes = 0)
    {
        ReadJob job{QHostAddress(peer), effort, bytes, {client, most, &m_stopping}, {}, {}};
        m_refused = m_queue->push(job, m_forgotten);
        return !m_refused;
    }

    QString take(Taker taker = Taker::OfAll) { return m_queue->take(taker)->peer.toString(); }

private slots:
    void init()
    {
        m_stopping = false;
        m_forgotten.clear();
        m_queue = std::make_unique<ReadQueue>(ReadQueue::Limits{8, 0, 1000});
    }

    void addresses_takeTurns()
    {
        for (const char* peer :
             {"127.0.0.1", "127.0.0.1", "127.0.0.1", "127.0.0.2", "127.0.0.3", "127.0.0.2"})
            QVERIFY(push(QString::fromLatin1(peer)));
        QStringList order;
        for (int i = 0; i < 6; ++i)
            order.append(take().right(1));
        QCOMPARE(order.join(QString()), QStringLiteral("123121"));
    }

    /// From however many addresses it asks.
    void oneToken_hasItsShare_data()
    {
        QTest::addColumn<ReadQueue::Limits>("limits");
        QTest::addColumn<int>("places");
        QTest::newRow("half") << ReadQueue::Limits{8, 0, 1000} << 4;
        QTest::newRow("half of one") << ReadQueue::Limits{1, 0, 1000} << 1;
        QTest::newRow("as told") << ReadQueue::Limits{8, 0, 1000, 3} << 3;
        QTest::newRow("more than there are") << ReadQueue::Limits{8, 0, 1000, 9} << 8;
    }

    void oneToken_hasItsShare()
    {
        QFETCH(const ReadQueue::Limits, limits);
        QFETCH(const int, places);
        m_queue = std::make_unique<ReadQueue>(limits);
        const auto pushed = [this](const QString& token, int address) {
            ReadJob job{QHostAddress(u"192.0.2.%1"_s.arg(address)),
                        Effort::Open,
                        0,
                        {{}, 60s, &m_stopping},
                        {},
                        {},
                        token};
            m_refused = m_queue->push(job, m_forgotten);
            return !m_refused;
        };
        for (int round = 0; round < 2; ++round) { // what was taken, or let go of, is free again
            int taken = 0;
            while (taken < 20 && pushed(u"ana"_s, taken + 1))
                ++taken;
            QCOMPARE(taken, places);
            if (places < int(limits.places)) {
                QCOMPARE(m_refused->code, protocol::ErrorCode::RateLimit);
                QVERIFY(m_refused->details.join(u' ').contains(u"--read-queue-limit-per-token"_s));
                QVERIFY(pushed(u"ben"_s, 100));
                QVERIFY(m_queue->take(Taker::OfAll).has_value());
                ++taken;
            }
            for (; taken > 0 && m_queue->level().waiting > 0; --taken)
                QVERIFY(m_queue->take(Taker::OfAll).has_value());
        }
    }

    /// However many connections, and however many addresses of its own network of IPv6, it comes by.
    void oneAddress_hasItsShare_data()
    {
        QTest::addColumn<ReadQueue::Limits>("limits");
        QTest::addColumn<QStringList>("peers"); ///< that take turns to ask
        QTest::addColumn<std::size_t>("bytes");
        QTest::addColumn<int>("places");
        const QStringList loopback{u"127.0.0.1"_s};
        const QStringList two{u"192.0.2.1"_s, u"192.0.2.2"_s};
        const auto row = [](const char* name, const ReadQueue::Limits& limits, const QStringList& peers,
                            std::size_t bytes,
                            int places) { QTest::newRow(name) << limits << peers << bytes << places; };
        row("half", {8, 0, 1000}, loopback, 0, 4);
        row("half of an odd number", {9, 0, 1000}, loopback, 0, 4);
        row("half of one", {1, 0, 1000}, loopback, 0, 1);
        row("as told", {8, 3, 1000}, loopback, 0, 3);
        row("more than there are", {8, 9, 1000}, loopback, 0, 8);
        row("another address", {8, 0, 1000}, {u"192.0.2.1"_s}, 0, 4);
        row("an address of IPv6", {8, 0, 1000}, {u"2001:db8::1"_s}, 0, 4);
        row("its network", {8, 0, 1000}, {u"2001:db8::1"_s, u"2001:db8::2"_s, u"2001:db8:0:0:9::"_s}, 0, 4);
        row("IPv4 in IPv6", {8, 0, 1000}, {u"::ffff:192.0.2.1"_s, u"192.0.2.1"_s}, 0, 4);
        row("none", {8, 0, 1000}, {QString()}, 0, 4);
        row("two", {8, 0, 1000}, two, 0, 8);
        row("networks of IPv6", {8, 0, 1000}, {u"2001:db8::1"_s, u"2001:db8:0:1::1"_s}, 0, 8);
        row("bytes", {100, 0, 1000}, loopback, 100, 5);
        row("bytes, and half of one more", {100, 0, 1000}, loopback, 91, 5);
        row("bytes of two", {100, 0, 1000}, two, 100, 10);
        row("one large body", {100, 0, 1000}, loopback, 900, 1);
    }

    void oneAddress_hasItsShare()
    {
        QFETCH(const ReadQueue::Limits, limits);
        QFETCH(const QStringList, peers);
        QFETCH(const std::size_t, bytes);
        QFETCH(const int, places);
        m_queue = std::make_unique<ReadQueue>(limits);
        int taken = 0;
        while (push(peers.at(taken % peers.size()), Effort::Open, 60s, {}, bytes))
            ++taken;
        QCOMPARE(taken, places);
        QCOMPARE(m_refused->code, protocol::ErrorCode::Unavailable);
        QCOMPARE(m_refused->message.contains(u"This address"), limits.placesOfAddress < limits.places);
        QCOMPARE(m_queue->level().refusals, quint64(1));
        QVERIFY2(push(peers.first(), Effort::Bounded, 60s, {}, bytes), "the other row has places of its own");
        QCOMPARE(push(u"198.51.100.1"_s), std::size_t(places) < limits.places);
        take();
        QVERIFY2(push(peers.first(), Effort::Open, 60s, {}, bytes), "a place that it left is free");
    }

    void allPlaces_areTaken()
    {
        for (int i = 0; i < 8; ++i)
            QVERIFY(push(QStringLiteral("127.0.0.%1").arg(i + 1)));
        QVERIFY(!push(QStringLiteral("127.0.0.9")));
        QCOMPARE(m_queue->level().waiting, std::size_t(8));
        take();
        QVERIFY(push(QStringLiteral("127.0.0.9")));
    }

    void boundedReads_doNotWaitForOpenOnes()
    {
        QVERIFY(push(QStringLiteral("127.0.0.1"), Effort::Open));
        QVERIFY(push(QStringLiteral("127.0.0.2"), Effort::Bounded));
        QCOMPARE(take(Taker::OfBounded), QStringLiteral("127.0.0.2"));
        QCOMPARE(take(Taker::OfAll), QStringLiteral("127.0.0.1"));
    }

    void whosePatienceIsOver_comesFirstToWhoeverIsFree()
    {
        QVERIFY(push(QStringLiteral("127.0.0.1")));
        QVERIFY(push(QStringLiteral("127.0.0.2"), Effort::Open, 1ms));
        const auto job = m_queue->take(Taker::OfBounded); // waits for it
        QCOMPARE(job->peer, QHostAddress(QStringLiteral("127.0.0.2")));
        QCOMPARE(job->patience.reason()->code, protocol::ErrorCode::Unavailable);
        QCOMPARE(take(), QStringLiteral("127.0.0.1"));
    }

    void whoHasGone_keepsNoPlace()
    {
        const auto client = std::make_shared<http::Presence>();
        for (int i = 0; i < 4; ++i)
            QVERIFY(push(QStringLiteral("127.0.0.1"), Effort::Open, 60s, client));
        client->end();
        QVERIFY2(!push(QStringLiteral("127.0.0.1")), "it may still read");
        QTRY_VERIFY(client->isOverFor(1s));
        QVERIFY(push(QStringLiteral("127.0.0.1")));
        QCOMPARE(m_queue->level().waiting, std::size_t(1));
        QCOMPARE(m_forgotten.size(), std::size_t(4)); // their connections end by an answer
        for (const ReadJob& job : m_forgotten)
            QVERIFY(job.patience.reason().has_value());
    }

    void bytes_areBoundedTogether()
    {
        const QString first = QStringLiteral("127.0.0.1");
        const QString second = QStringLiteral("127.0.0.2");
        const auto pushBytes = [this](const QString& peer, std::size_t bytes) {
            return push(peer, Effort::Bounded, 60s, {}, bytes);
        };
        QVERIFY2(pushBytes(first, 2000), "alone it may be more");
        QVERIFY(!pushBytes(second, 1));
        QCOMPARE(take(), first);
        QVERIFY(pushBytes(first, 600));
        QVERIFY(pushBytes(second, 400));
        QVERIFY(!pushBytes(second, 1));
        QCOMPARE(take(), first);
        QVERIFY(pushBytes(u"127.0.0.3"_s, 600));
        QVERIFY(!pushBytes(first, 1));
        QCOMPARE(m_queue->close().size(), std::size_t(2));
    }

    void closing_givesBackWhatWaits()
    {
        QVERIFY(push(QStringLiteral("127.0.0.1"), Effort::Open));
        QVERIFY(push(QStringLiteral("127.0.0.2"), Effort::Bounded));
        QCOMPARE(m_queue->closeOpen().size(), std::size_t(1));
        QVERIFY(!push(QStringLiteral("127.0.0.1"), Effort::Open));
        QVERIFY(push(QStringLiteral("127.0.0.1"), Effort::Bounded));
        QCOMPARE(m_queue->close().size(), std::size_t(2));
        QVERIFY(!push(QStringLiteral("127.0.0.1"), Effort::Bounded));
        QVERIFY(!m_queue->take(Taker::OfAll).has_value());
        QVERIFY(!m_queue->take(Taker::OfBounded).has_value());
    }

    void patience_data()
    {
        QTest::addColumn<bool>("stops");
        QTest::addColumn<bool>("begins");
        QTest::addColumn<QString>("why");
        QTest::newRow("waited for its turn") << false << false << QStringLiteral("for its turn");
        QTest::newRow("took too long") << false << true << QStringLiteral("not ready within the 0.02 s");
        QTest::newRow("the server stops") << true << true << QStringLiteral("stopping");
    }

    void patience()
    {
        QFETCH(const bool, stops);
        QFETCH(const bool, begins);
        QFETCH(const QString, why);
        api::Patience patience({}, stops ? 60s : 20ms, &m_stopping);
        if (begins)
            patience.begin();
        m_stopping = stops;
        QTRY_VERIFY(patience.isOver());
        QVERIFY2(patience.reason()->message.contains(why), qPrintable(patience.reason()->message));
        QVERIFY(!patience.isForNobody());
        m_stopping = false;
        m_forgotten.clear();
        QVERIFY2(patience.isOver(), "it stays so");
    }

    void turn_beginsTheTimeAnew()
    {
        api::Patience patience({}, 1h, &m_stopping);
        QVERIFY(!patience.isOver());
        patience.begin();
        QVERIFY(!patience.isOver());
    }
};

PRISM_TEST(ReadQueueTest)

} // namespace tst_read_queue

#include "tst_read_queue.moc"
