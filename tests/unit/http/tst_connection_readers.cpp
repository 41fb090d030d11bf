#include "tests/unit/http/connection_test.h"

namespace tst_connection_readers {

using namespace prism::http;
using namespace prism::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Clients that take their answers slowly or not at all.
class ConnectionReadersTest : public QObject, private ConnectionTest
{
    Q_OBJECT

private slots:
    void init() { begin(); }

    void readerThatTakesNothing_isReset_data()
    {
        QTest::addColumn<QByteArray>("sent");
        QTest::newRow("between two requests") << get("/large");
        QTest::newRow("with half a request behind") << get("/large") + "GET /a HT";
        QTest::newRow("while the next is being answered") << get("/a") + get("/large") + get("/later");
        QTest::newRow("with many behind") << get("/large").repeated(30);
        QTest::newRow("before an upgrade") << get("/large") + get("/ws");
        QTest::newRow("at the end") << "GET /large HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"_ba;
        QTest::newRow("at the end, and still sending")
            << "GET /large HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n" + get("/a").repeated(100);
        QTest::newRow("refused behind") << get("/large") + "nonsense\r\n\r\n";
    }

    void readerThatTakesNothing_isReset()
    {
        QFETCH(const QByteArray, sent);
        const auto line = open();
        line->send(sent);
        settle();
        line->connection->tick(m_start);
        line->connection->tick(m_start + 9'900ms);
        QVERIFY(!line->over);
        line->connection->tick(m_start + 10s);
        QVERIFY(line->over);
        QCOMPARE(m_budgets->slowReaders.load(), 1);
        QCOMPARE(m_budgets->unsent.held(), 0);
    }

    void readerThatTakesEnough_stays_howeverLongItTakes()
    {
        m_limits.idleTimeout = 9s;
        const auto line = open();
        line->send(get("/large"));
        settle();
        auto now = m_start;
        while (line->received.size() < large - 1024 * 1024) { // until then some of it waits
            line->connection->tick(now);
            QVERIFY(!line->over);
            line->read(100'000); // ten times the least
            settle();
            now += 10s;
        }
        QVERIFY(answerOf(*line));
    }

    void readerThatTakesLessThanTheFloor_isReset()
    {
        m_limits.idleTimeout = 24h;
        const auto line = open();
        line->send(get("/large"));
        settle();
        line->connection->tick(m_start);
        line->read(100'000);
        settle();
        line->connection->tick(m_start + 10s);
        QVERIFY(!line->over);
        line->read(100'000);
        settle();
        m_limits.slowest.bytesPerSecond = 100'000;
        line->connection->tick(m_start + 20s);
        QVERIFY(line->over);
    }

    void unreadAnswers_pastTheirBudget_theOldestIsReset()
    {
        m_budgets = std::make_unique<Budgets>(3 * large, 1024);
        std::vector<std::unique_ptr<Line>> lines;
        for (int i = 0; i < 6; ++i) {
            lines.push_back(open());
            lines.back()->send(get("/large"));
            settle();
            QVERIFY(m_budgets->unsent.held() <= 3 * large);
        }
        QVERIFY(m_budgets->unsent.ended() >= 3);
        QVERIFY(lines[0]->over && !lines[5]->over);
        QCOMPARE(answerOf(*lines[5])->body.size(), large);
    }

    void oneAnswerAlone_mayBeLargerThanTheBudget()
    {
        m_budgets = std::make_unique<Budgets>(1024, 1024);
        const auto line = open();
        line->send(get("/large"));
        settle();
        QCOMPARE(answerOf(*line)->body.size(), large);
        QCOMPARE(m_budgets->unsent.held(), 0);
    }
};

PRISM_CONNECTION_TEST(ConnectionReadersTest)

} // namespace tst_connection_readers

#include "tst_connection_readers.moc"
