#include "tests/unit/http/connection_test.h"

namespace tst_connection_senders {

using namespace prism::http;
using namespace prism::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Clients that send too much, too slowly or without end.
class ConnectionSendersTest : public QObject, private ConnectionTest
{
    Q_OBJECT

private slots:
    void init() { begin(); }

    /// What such a client gets into the server is a head's worth, and the loop sleeps.
    void sendingWithoutEnd_whileAnAnswerIsAwaited_isNotTakenIn()
    {
        const QByteArray part(1024, 'x');
        const auto sendAll = [&](Line& line) {
            qsizetype sent = 0;
            for (int idle = 0; idle < 3;) {
                const qsizetype taken = line.send(part.repeated(64));
                sent += taken;
                idle = taken == 0 ? idle + 1 : 0;
                settle();
            }
            return sent;
        };
        const auto unread = open();
        unread->connection.reset(); // of a pair whose other end is gone nothing is taken: so one of its own
        std::array<int, 2> ends{-1, -1};
        QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends.data()), 0);
        ::close(std::exchange(unread->peer, ends[1]));
        const qsizetype inTheKernel = sendAll(*unread);
        const auto line = open();
        line->send(get("/later"));
        settle();
        QCOMPARE(m_clerk->waiting.size(), 1);
        const qsizetype sent = sendAll(*line);
        QVERIFY2(sent <= inTheKernel + m_limits.headerBytes + 64 * part.size(),
                 QByteArray::number(sent - inTheKernel).constData());
        const int turns = turnsWhileNothingHappens();
        QVERIFY2(turns < 20, QByteArray::number(turns).constData());
        ::close(ends[0]);
    }

    void whatDoesNotArriveInTime_data()
    {
        QTest::addColumn<QByteArray>("sent");
        QTest::addColumn<int>("status"); ///< 0 for none
        QTest::newRow("nothing") << ""_ba << 0;
        QTest::newRow("empty lines") << "\r\n\r\n\r"_ba << 0;
        QTest::newRow("half a head") << "GET /"_ba << 408;
        QTest::newRow("half a body") << "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nabc"_ba
                                     << 408;
    }

    void whatDoesNotArriveInTime()
    {
        QFETCH(const QByteArray, sent);
        QFETCH(const int, status);
        m_limits.requestTimeout = 5s;
        m_limits.idleTimeout = 7s;
        const auto line = open();
        line->send(sent);
        settle();
        const auto most = status == 0 ? m_limits.idleTimeout : m_limits.requestTimeout;
        line->connection->tick(m_start + most - 1ms);
        settle();
        line->read();
        QVERIFY(!line->over && line->received.isEmpty());
        line->connection->tick(Connection::Clock::now() + most);
        settle();
        line->read();
        const auto response = line->take();
        QCOMPARE(response ? response->status : 0, status);
        QVERIFY(line->isToldTheEnd);
        QCOMPARE(line->over, status == 0); // with an answer it waits for the client to go
        ::shutdown(line->peer, SHUT_WR);
        QTRY_VERIFY(line->over);
    }

    void unfinishedBodies_pastTheirBudget_theSlowestIs408_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::newRow("announced") << "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 10000000\r\n\r\n"_ba;
        QTest::newRow("chunked")
            << "POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n989680\r\n"_ba;
    }

    void unfinishedBodies_pastTheirBudget_theSlowestIs408()
    {
        QFETCH(const QByteArray, head);
        constexpr qsizetype budget = 8LL * 1024 * 1024;
        m_budgets = std::make_unique<Budgets>(budget, budget);
        const QByteArray part(64 * 1024, 'x');
        const auto small = open();
        small->send(head + part.first(60'000));
        settle();
        std::vector<std::unique_ptr<Line>> stalled;
        for (int i = 0; i < 8; ++i) {
            stalled.push_back(open());
            stalled.back()->send(head + part);
            settle();
            stalled.back()->send(part);
            settle();
        }
        const auto quick = open();
        quick->send(head);
        qsizetype sent = 0;
        while (sent < 10'000'000) {
            const qsizetype taken = quick->send(part.first(std::min(part.size(), 10'000'000 - sent)));
            sent += taken;
            settle();
            // Alone it may have more than the budget: else nobody could ever send that much.
            QVERIFY(m_budgets->bodies.held() <= budget + 8LL * 1024 * 1024 + part.size());
        }
        quick->send("\r\n0\r\n\r\n");
        const auto response = answerOf(*quick);
        QVERIFY(response);
        QCOMPARE(response->body, "/a 10000000"_ba);
        QCOMPARE(m_budgets->bodies.ended(), 8);
        for (const auto& line : stalled) {
            const auto refused = answerOf(*line);
            QVERIFY(refused);
            QCOMPARE(refused->status, 408);
        }
        small->read();
        QVERIFY(small->received.isEmpty() && !small->over);
        QCOMPARE(m_budgets->bodies.held(), 0);
    }

    /// Else it would be kept until its time is over.
    void whatStandsAroundChunks_hasItsLimit_data()
    {
        QTest::addColumn<QByteArray>("begin");
        QTest::newRow("an extension") << "1;x="_ba;
        QTest::newRow("an extension of the last") << "1\r\na\r\n0;x="_ba;
        QTest::newRow("a trailer") << "1\r\na\r\n0\r\nX: "_ba;
    }

    void whatStandsAroundChunks_hasItsLimit()
    {
        QFETCH(const QByteArray, begin);
        const auto line = open();
        line->send("POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + begin);
        const QByteArray part(16 * 1024, 'x');
        qsizetype sent = 0;
        while (line->received.isEmpty() && sent < 1024 * 1024) {
            sent += line->send(part);
            settle();
            line->read();
        }
        const auto response = answerOf(*line);
        QVERIFY(response);
        QVERIFY2(response->status == 431 || response->status == 400, response->summary().constData());
        QVERIFY2(sent <= 256 * 1024, QByteArray::number(sent).constData());
    }

    void lastAnswer_toWhoIsStillSending_arrivesBeforeTheEnd_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::addColumn<int>("status");
        QTest::newRow("too long a body")
            << "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999\r\n\r\n"_ba << 413;
        QTest::newRow("too long a head") << "GET /a HTTP/1.1\r\nX: "_ba + QByteArray(9'000, 'x') << 431;
        QTest::newRow("nonsense") << "nonsense\r\n\r\n"_ba << 400;
        QTest::newRow("more behind the last request")
            << "GET /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"_ba << 200;
    }

    void lastAnswer_toWhoIsStillSending_arrivesBeforeTheEnd()
    {
        QFETCH(const QByteArray, head);
        QFETCH(const int, status);
        const auto line = open();
        line->send(head);
        const QByteArray part(64 * 1024, 'x');
        for (int i = 0; i < 50; ++i) {
            QCOMPARE(line->send(part.first(32 * 1024)), 32 * 1024);
            settle();
        }
        line->read();
        const auto response = line->take();
        QVERIFY(response);
        QCOMPARE(response->status, status);
        QVERIFY(line->isToldTheEnd && !line->isReset);
        QVERIFY(!line->over);
        ::shutdown(line->peer, SHUT_WR);
        settle();
        QVERIFY(line->over);
    }

    void whoNeverStopsSending_isCutOffAtLast()
    {
        const auto line = open();
        line->send("nonsense\r\n\r\n");
        const QByteArray part(64 * 1024, 'x');
        qsizetype sent = 0;
        for (int refusals = 0; refusals < 3 && sent < 64LL * 1024 * 1024;) {
            const qsizetype taken = line->send(part);
            sent += taken;
            refusals = taken == 0 ? refusals + 1 : 0;
            settle();
        }
        QVERIFY(line->over);
        QVERIFY2(sent < 20LL * 1024 * 1024, QByteArray::number(sent).constData());
    }
};

PRISM_CONNECTION_TEST(ConnectionSendersTest)

} // namespace tst_connection_senders

#include "tst_connection_senders.moc"
