#include "server/api/long_polls.h"
#include "tests/support/test_program.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QTest>

namespace tst_long_polls {

using namespace prism;
using namespace std::chrono_literals;

namespace {

bool always()
{
    return true;
}

} // namespace

class LongPollsTest : public QObject
{
    Q_OBJECT

    static constexpr int callers = 1000;
    static constexpr int mostATurn = 200;

    std::unique_ptr<realtime::Publisher> m_publisher;
    protocol::Seq m_published = 0;
    std::unique_ptr<api::LongPolls> m_polls;
    bool m_hasEvent = false;
    int m_attempts = 0;
    int m_answers = 0;

    void waitOnce(const api::LongPolls::IsWanted& isWanted, std::chrono::milliseconds most = 60s)
    {
        const auto attempt = [this](bool final) {
            ++m_attempts;
            const bool answered = m_hasEvent || final;
            m_answers += answered ? 1 : 0;
            return answered;
        };
        QVERIFY(m_polls->wait(attempt, isWanted, most));
    }

    void waitAll(std::chrono::milliseconds most = 60s)
    {
        for (int i = 0; i < callers; ++i)
            waitOnce(always, most);
        QCOMPARE(m_answers, 0);
        m_attempts = 0;
    }

    /// The most attempts there were in one turn of the event loop until all were answered.
    int busiestTurn()
    {
        int busiest = 0;
        QDeadlineTimer patience(10s);
        while (m_answers < callers && !patience.hasExpired()) {
            const int before = m_attempts;
            QCoreApplication::processEvents();
            busiest = std::max(busiest, m_attempts - before);
        }
        return busiest;
    }

    void publish()
    {
        m_publisher->publish({std::make_shared<realtime::Frame>(realtime::Frame{++m_published, {}, {}, {}})});
        m_publisher->announce();
    }

private slots:
    void init()
    {
        m_published = 0;
        m_publisher = std::make_unique<realtime::Publisher>(0, 10, 1000);
        m_polls = std::make_unique<api::LongPolls>(*m_publisher);
        m_hasEvent = false;
        m_attempts = m_answers = 0;
    }

    void cleanup()
    {
        m_polls.reset();
        m_publisher.reset();
    }

    void published_answersManyInManyTurns()
    {
        waitAll();
        m_hasEvent = true;
        publish();
        const int busiest = busiestTurn();
        QCOMPARE(m_answers, callers);
        QCOMPARE(m_attempts, callers);
        QVERIFY2(busiest <= mostATurn, qPrintable(QString::number(busiest)));
    }

    void deadline_answersManyInManyTurns()
    {
        waitAll(1ms);
        const int busiest = busiestTurn();
        QCOMPARE(m_answers, callers);
        QVERIFY2(busiest <= mostATurn, qPrintable(QString::number(busiest)));
    }

    void published_withNothingForTheCallers_leavesThemWaiting()
    {
        waitAll();
        publish();
        QTRY_COMPARE(m_attempts, callers);
        QCOMPARE(m_answers, 0);
        m_hasEvent = true;
        publish();
        QTRY_COMPARE(m_answers, callers);
    }

    void callerWhoIsNotWaitedFor_isForgotten()
    {
        bool isWanted = true;
        waitOnce([&isWanted] { return isWanted; });
        QTest::qWait(0);
        QCOMPARE(m_answers, 0);
        isWanted = false;
        QTRY_COMPARE(m_answers, 1);
    }

    void oneMoreThanMayWait_isNotLetIn()
    {
        constexpr int most = 10000;
        for (int i = 0; i < most; ++i)
            waitOnce(always);
        // Those that are due count too, else each event would let in as many again.
        publish();
        QDeadlineTimer patience(10s);
        while (m_attempts == most && !patience.hasExpired())
            QCoreApplication::processEvents();
        QVERIFY(m_attempts > most && m_attempts < 2 * most);
        QVERIFY(!m_polls->wait([](bool) { return false; }, always, 60s));
        m_hasEvent = true;
        publish();
        QTRY_VERIFY(m_answers > 0);
        waitOnce(always);
    }

    void drain_answersAllAtOnce_alsoThoseThatAreDue()
    {
        waitAll();
        publish();
        QDeadlineTimer patience(10s);
        while (m_attempts == 0 && !patience.hasExpired())
            QCoreApplication::processEvents();
        QVERIFY(m_attempts > 0 && m_attempts < callers);
        m_polls->drain();
        QCOMPARE(m_answers, callers);
        QVERIFY(!m_polls->wait([](bool) { return false; }, always, 60s));
    }
};

PRISM_TEST(LongPollsTest)

} // namespace tst_long_polls

#include "tst_long_polls.moc"
