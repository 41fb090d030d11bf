#include "client/net/clock_offset.h"
#include "tests/support/test_program.h"

#include <QTest>

namespace tst_clock_offset {

using namespace std::chrono_literals;
using prism::net::ClockOffset;
using prism::protocol::Timestamp;

class TestClockOffset : public QObject
{
    Q_OBJECT

private slots:
    void value_withoutAnswers_isZero();
    void value_takesTheMiddleOfTheRoundTrip();
    void value_trustsTheQuickestAnswer();
    void value_forgetsWhatIsLongAgo();
    void add_answerBeforeItsQuestion_isIgnored();
};

namespace {

const Timestamp noon{1'770'000'000'000ms};

} // namespace

void TestClockOffset::value_withoutAnswers_isZero()
{
    QCOMPARE(ClockOffset().value(), 0ms);
}

void TestClockOffset::value_takesTheMiddleOfTheRoundTrip()
{
    ClockOffset offset;
    offset.add(noon, noon + 5050ms, noon + 100ms);
    QCOMPARE(offset.value(), 5000ms);
}

void TestClockOffset::value_trustsTheQuickestAnswer()
{
    ClockOffset offset;
    offset.add(noon, noon + 5900ms, noon + 1000ms); // 400 ms wrong: the way there was the slow one
    offset.add(noon, noon + 5001ms, noon + 2ms);
    offset.add(noon, noon + 5800ms, noon + 1000ms);
    QCOMPARE(offset.value(), 5000ms);
}

void TestClockOffset::value_forgetsWhatIsLongAgo()
{
    ClockOffset offset;
    offset.add(noon, noon + 5001ms, noon + 2ms);
    for (int i = 0; i < 8; ++i)
        offset.add(noon, noon + 9005ms, noon + 10ms); // somebody set a clock
    QCOMPARE(offset.value(), 9000ms);
}

void TestClockOffset::add_answerBeforeItsQuestion_isIgnored()
{
    ClockOffset offset;
    offset.add(noon, noon, noon - 1s);
    QCOMPARE(offset.value(), 0ms);
}

PRISM_TEST(TestClockOffset)

} // namespace tst_clock_offset

#include "tst_clock_offset.moc"
