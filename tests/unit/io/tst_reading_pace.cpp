#include "server/io/reading_pace.h"
#include "tests/support/test_program.h"

#include <QTest>

namespace tst_reading_pace {

using namespace prism::io;
using namespace std::chrono_literals;

class ReadingPaceTest : public QObject
{
    Q_OBJECT

    const ReadingPace::Clock::time_point m_start = ReadingPace::Clock::now();

private slots:
    void whoTakesTheLeast_stays_data()
    {
        QTest::addColumn<qint64>("taken");
        QTest::addColumn<qint64>("least");
        QTest::addColumn<bool>("stays");
        QTest::newRow("just enough") << qint64(10'000) << qint64(1'000) << true;
        QTest::newRow("one byte less") << qint64(9'999) << qint64(1'000) << false;
        QTest::newRow("nothing") << qint64(0) << qint64(1'000) << false;
        QTest::newRow("nothing, where nothing is asked for") << qint64(0) << qint64(0) << false;
        QTest::newRow("a byte, where nothing is asked for") << qint64(1) << qint64(0) << true;
    }

    void whoTakesTheLeast_stays()
    {
        QFETCH(const qint64, taken);
        QFETCH(const qint64, least);
        QFETCH(const bool, stays);
        constexpr qint64 before = 77'777;
        const ReadingFloor floor{least, 10s};
        ReadingPace pace;
        QVERIFY(pace.keepsUp(m_start, before, floor));
        QVERIFY(pace.keepsUp(m_start + 9'999ms, before, floor));
        QCOMPARE(pace.keepsUp(m_start + 10s, before + taken, floor), stays);
    }

    /// What was taken early does not count for ever.
    void eachWindow_isJudgedByItself()
    {
        const ReadingFloor floor{1'000, 10s};
        ReadingPace pace;
        QVERIFY(pace.keepsUp(m_start, 0, floor));
        QVERIFY(pace.keepsUp(m_start + 10s, 1'000'000, floor));
        QVERIFY(pace.keepsUp(m_start + 19s, 1'000'000, floor));
        QVERIFY(!pace.keepsUp(m_start + 20s, 1'009'999, floor));
    }

    /// A server that stood still asks for more, since more time has passed.
    void windowThatBecameLonger_asksForMore()
    {
        const ReadingFloor floor{1'000, 10s};
        ReadingPace pace;
        QVERIFY(pace.keepsUp(m_start, 0, floor));
        QVERIFY(!pace.keepsUp(m_start + 20s, 19'999, floor));
    }

    void whatDrained_beginsAnew()
    {
        const ReadingFloor floor{1'000, 10s};
        ReadingPace pace;
        QVERIFY(pace.keepsUp(m_start, 0, floor));
        pace.rest();
        QVERIFY(pace.keepsUp(m_start + 50s, 0, floor));
        QVERIFY(pace.keepsUp(m_start + 59s, 0, floor));
        QVERIFY(!pace.keepsUp(m_start + 60s, 0, floor));
    }
};

PRISM_TEST(ReadingPaceTest)

} // namespace tst_reading_pace

#include "tst_reading_pace.moc"
