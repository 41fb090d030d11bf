#include "tests/unit/http/connection_test.h"

namespace tst_connection_halves {

using namespace prism::http;
using namespace prism::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Half a request, and half a connection.
class ConnectionHalvesTest : public QObject, private ConnectionTest
{
    Q_OBJECT

private slots:
    void init() { begin(); }

    /// A descriptor that is readable for ever, since nothing follows, must not be looked at for ever.
    void halfClosedConnection_costsNothing_data()
    {
        QTest::addColumn<QByteArray>("sent");
        QTest::addColumn<int>("how"); ///< as shutdown(2) has it
        for (const auto& [name, how] :
             {std::pair("half", int(SHUT_WR)), std::pair("wholly", int(SHUT_RDWR))}) {
            const auto row = [&, name = name, how = how](const char* what, const QByteArray& sent) {
                QTest::addRow("%s closed %s", name, what) << sent << how;
            };
            row("while an answer is awaited", get("/later"));
            row("while an answer is read", get("/large"));
            row("with another behind", get("/large") + get("/later"));
            row("while the last answer is read",
                "GET /large HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"_ba);
            row("before an upgrade", get("/large") + get("/ws"));
            row("with half a request behind", get("/large") + "GET /a HT");
            row("in the midst of a body", "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nabc"_ba);
            row("after a refusal", "nonsense\r\n\r\n"_ba);
            row("with junk behind a request that waits", get("/later") + QByteArray(9'000, 'x'));
        }
    }

    void halfClosedConnection_costsNothing()
    {
        QFETCH(const QByteArray, sent);
        QFETCH(const int, how);
        const auto line = open();
        line->send(sent);
        settle();
        ::shutdown(line->peer, how);
        settle();
        const int turns = turnsWhileNothingHappens();
        QVERIFY2(turns < 20, QByteArray::number(turns).constData());
        line->connection->tick(m_start);
        line->connection->tick(m_start + m_limits.idleTimeout + 20s);
        line->connection->tick(m_start + 2 * m_limits.idleTimeout + 40s);
        QVERIFY(line->over || !m_clerk->waiting.isEmpty());
    }

    void goneClient_isKnownToWhoStillAnswersIt()
    {
        const auto line = open();
        line->send(get("/later"));
        settle();
        const std::shared_ptr<const Presence> client = m_clerk->requests.first().client;
        QVERIFY(!client->isOver());
        ::shutdown(line->peer, SHUT_WR);
        settle();
        QVERIFY(client->isOver());
        m_clerk->waiting.takeFirst()(Response{200, {}, "all the same"});
        const auto response = answerOf(*line);
        QVERIFY(response);
        QCOMPARE(response->body, "all the same"_ba);
        settle();
        QVERIFY(line->over);
    }

    /// The rest comes while the answer before it is still being read, of which `left` bytes are not taken
    /// yet.
    void halfARequest_thatBecomesWholeBehindAnAnswer_isAnsweredInItsTurn_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<qsizetype>("at"); ///< where it is cut in two
        QTest::addColumn<qsizetype>("left");
        const QByteArray counted = "POST /b HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc";
        const QByteArray chunked = "POST /b HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                                   "2;x=y\r\nab\r\n1\r\nc\r\n0\r\nX: y\r\n\r\n";
        for (const auto& [name, request] : {std::pair("counted", counted), std::pair("chunked", chunked)}) {
            const qsizetype body = request.indexOf("\r\n\r\n") + 4;
            QList<qsizetype> cuts{1, 15, body - 2, body - 1};
            for (qsizetype at = body; at < request.size(); ++at)
                cuts.append(at);
            for (const qsizetype at : cuts) {
                for (const qsizetype left : {large, qsizetype(30'000), qsizetype(0)})
                    QTest::addRow("%s at %d, %d left", name, int(at), int(left)) << request << at << left;
            }
        }
    }

    void halfARequest_thatBecomesWholeBehindAnAnswer_isAnsweredInItsTurn()
    {
        QFETCH(const QByteArray, request);
        QFETCH(const qsizetype, at);
        QFETCH(const qsizetype, left);
        const auto line = open();
        line->send(get("/large") + request.first(at));
        settle();
        while (line->received.size() < large - left) {
            line->read(large - left - line->received.size());
            settle();
        }
        line->send(request.sliced(at) + get("/c"));
        settle();
        for (const QByteArray& body : {QByteArray(large, 'x'), "/b 3"_ba, "/c 0"_ba}) {
            const auto response = answerOf(*line);
            QVERIFY(response);
            QCOMPARE(response->status, 200);
            QVERIFY(response->body == body);
        }
        QVERIFY(!line->over);
    }

    /// What it asked before is answered, and then it is not waited for.
    void halfClosedConnection_endsBehindItsLastAnswer_data()
    {
        QTest::addColumn<QByteArray>("sent");
        QTest::addColumn<int>("answers");
        const QByteArray half = "POST /b HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nabc";
        const QByteArray halfAChunk =
            "POST /b HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nabc";
        const QByteArray last = "GET /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";
        for (const auto& [name, before, answers] :
             {std::tuple("nothing", ""_ba, 0), std::tuple("an answer", get("/a"), 1),
              std::tuple("a large one", get("/large"), 1),
              std::tuple("one that is awaited", get("/later"), 1),
              std::tuple("several", get("/a") + get("/large") + get("/later") + get("/c"), 4),
              std::tuple("more than is read ahead", get("/a").repeated(300), 300),
              std::tuple("more, and the first is awaited", get("/later") + get("/a").repeated(300), 301)}) {
            for (const auto& [what, behind, more] :
                 {std::tuple("no more", ""_ba, 0), std::tuple("another", get("/d"), 1),
                  std::tuple("two that are awaited", get("/later") + get("/later"), 2),
                  std::tuple("half a head", "GET /b HT"_ba, 0), std::tuple("an empty line", "\r\n"_ba, 0),
                  std::tuple("half an empty line", "\r"_ba, 0), std::tuple("half a body", half, 0),
                  std::tuple("half a chunk", halfAChunk, 0), std::tuple("the last", last, 1)})
                QTest::addRow("%s behind %s", what, name) << before + behind << answers + more;
        }
    }

    void halfClosedConnection_endsBehindItsLastAnswer()
    {
        QFETCH(const QByteArray, sent);
        QFETCH(const int, answers);
        const auto line = open();
        QCOMPARE(line->send(sent), sent.size());
        ::shutdown(line->peer, SHUT_WR);
        int answered = 0;
        const QDeadlineTimer patience(20'000);
        while (!line->over && !patience.hasExpired()) {
            settle();
            if (!m_clerk->waiting.isEmpty())
                m_clerk->waiting.takeFirst()(Response{200, {}, "at last"});
            line->read();
            while (const auto response = line->take()) {
                QCOMPARE(response->status, 200);
                ++answered;
            }
        }
        QVERIFY2(line->over, "it waits for what will not come");
        line->read();
        while (line->take())
            ++answered;
        QCOMPARE(answered, answers);
        QCOMPARE(m_clerk->statuses, QList<int>(answers, 200));
        QCOMPARE(m_budgets->unsent.held(), 0);
        QCOMPARE(m_budgets->bodies.held(), 0);
    }

    /// Its time begins when it is looked at.
    void halfARequest_behindAnAnswerThatDrains_isAnsweredWhenItIsWhole_data()
    {
        QTest::addColumn<bool>("comes");
        QTest::newRow("it comes") << true;
        QTest::newRow("it never comes") << false;
    }

    void halfARequest_behindAnAnswerThatDrains_isAnsweredWhenItIsWhole()
    {
        QFETCH(const bool, comes);
        m_limits.slowest.window = 1h;
        const auto line = open();
        line->send(get("/large") + "POST /b HTTP/1.1\r\nHost: h\r\nContent-Le");
        settle();
        line->connection->tick(m_start);
        line->connection->tick(m_start + m_limits.requestTimeout + 1s);
        QVERIFY(!line->over);
        QCOMPARE(answerOf(*line)->body.size(), large);
        settle();
        line->connection->tick(Connection::Clock::now());
        if (comes) {
            line->send("ngth: 3\r\n\r\nabc");
            const auto response = answerOf(*line);
            QVERIFY(response);
            QCOMPARE(response->body, "/b 3"_ba);
        } else {
            line->connection->tick(Connection::Clock::now() + m_limits.requestTimeout);
            const auto response = answerOf(*line);
            QVERIFY(response);
            QCOMPARE(response->status, 408);
        }
    }
};

PRISM_CONNECTION_TEST(ConnectionHalvesTest)

} // namespace tst_connection_halves

#include "tst_connection_halves.moc"
