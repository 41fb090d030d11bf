#include "tests/unit/http/connection_test.h"

namespace tst_connection {

using namespace prism::http;
using namespace prism::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// What one connection is asked, and in which order it is answered until its end.
class ConnectionOrderTest : public QObject, private ConnectionTest
{
    Q_OBJECT

private slots:
    void init() { begin(); }

    void pipelinedRequests_areAnsweredInOrder_whateverTheAnswersTake()
    {
        const auto line = open();
        QByteArray all;
        for (const QByteArray path : {"/a", "/large", "/later", "/b", "/large", "/c"})
            all += get(path);
        QCOMPARE(line->send(all), all.size());
        settle();
        QTRY_VERIFY((line->read(), settle(), !m_clerk->waiting.isEmpty()));
        QCOMPARE(m_clerk->requests.size(), 3); // what comes behind it waits for its answer
        m_clerk->waiting.takeFirst()(Response{200, {}, "at last"});
        for (const qsizetype size : {qsizetype(4), large, qsizetype(7), qsizetype(4), large, qsizetype(4)}) {
            const auto response = answerOf(*line);
            QVERIFY(response);
            QCOMPARE(response->body.size(), size);
        }
        QVERIFY(!line->over);
    }

    void spare_isAnsweredOnce()
    {
        const auto line = open(true);
        line->send(get("/a") + get("/b"));
        const auto response = answerOf(*line);
        QVERIFY(response);
        QCOMPARE(response->header("Connection"), "close"_ba);
        QCOMPARE(m_clerk->requests.size(), 1);
        QVERIFY(m_clerk->requests.first().isSpare);
        const auto silent = open(true);
        silent->connection->tick(Connection::Clock::now() + 2s);
        QVERIFY(silent->over);
        const auto own = open();
        own->send(get("/a"));
        QVERIFY(answerOf(*own)->header("Connection").isEmpty());
        QVERIFY(!m_clerk->requests.last().isSpare);
    }

    void drained_whatWasAskedIsAnswered()
    {
        const auto idle = open();
        const auto reading = open();
        reading->send(get("/large"));
        const auto waiting = open();
        waiting->send(get("/later"));
        settle();
        for (const auto* line : {&idle, &reading, &waiting})
            (*line)->connection->drain();
        QVERIFY(idle->over && !reading->over && !waiting->over);
        QCOMPARE(answerOf(*reading)->body.size(), large);
        m_clerk->waiting.takeFirst()(Response{200, {}, "last"});
        const auto last = answerOf(*waiting);
        QVERIFY(last);
        QCOMPARE(last->header("Connection"), "close"_ba);
        for (const auto* line : {&reading, &waiting}) {
            ::shutdown((*line)->peer, SHUT_WR);
            settle();
            QVERIFY((*line)->over);
        }
    }

    void connection_isTakenOverBehindItsAnswers_withAllThatIsLeft_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("behind");
        for (const QByteArray path : {"/ws", "/stream"}) {
            for (const auto& [name, before] :
                 {std::pair("nothing", ""_ba), std::pair("an answer", get("/a")),
                  std::pair("a large one", get("/large")), std::pair("several", get("/large") + get("/a"))}) {
                QTest::addRow("%s behind %s", path.constData(), name) << path << before << ""_ba;
                QTest::addRow("%s behind %s, with more", path.constData(), name)
                    << path << before << "more"_ba;
            }
        }
    }

    void connection_isTakenOverBehindItsAnswers_withAllThatIsLeft()
    {
        QFETCH(const QByteArray, path);
        QFETCH(const QByteArray, before);
        QFETCH(const QByteArray, behind);
        const auto line = open();
        const std::weak_ptr<void> ticket = line->ticket;
        line->ticket.reset();
        line->send(before + get(path) + behind);
        settle();
        const qsizetype answers = before.count("GET ");
        QCOMPARE(m_clerk->handedOver.empty(), before.contains("/large"));
        for (qsizetype i = 0; i < answers; ++i)
            QVERIFY(answerOf(*line));
        settle();
        QCOMPARE(m_clerk->handedOver.size(), std::size_t(1));
        QCOMPARE(m_clerk->requests.size(), answers);
        HandedOver left = std::move(m_clerk->handedOver.front());
        QCOMPARE(left.unread, get(path) + behind);
        QCOMPARE(left.streamHead.startsWith("HTTP/1.1 200 OK\r\n"), path == "/stream");
        QCOMPARE(left.streamHead.isEmpty(), path == "/ws");
        QCOMPARE(m_budgets->unsent.held(), 0);
        line->connection.reset();
        QVERIFY2(!ticket.expired(), "its place is taken as before");
        QCOMPARE(::send(left.descriptor.number(), "on", 2, MSG_NOSIGNAL), ssize_t(2));
        line->read();
        QCOMPARE(line->received, "on"_ba);
        left.ticket.reset();
        QVERIFY(ticket.expired());
    }
};

PRISM_CONNECTION_TEST(ConnectionOrderTest)

} // namespace tst_connection

#include "tst_connection.moc"
