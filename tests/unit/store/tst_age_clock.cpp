#include "server/store/writing/age_clock.h"
#include "tests/support/test_program.h"

#include <QTest>

namespace tst_age_clock {

using prism::protocol::Timestamp;
using prism::store::AgeClock;
using namespace std::chrono_literals;

class AgeClockTest : public QObject
{
    Q_OBJECT

    const Timestamp m_start{std::chrono::days(20'000)};
    const AgeClock::Steady m_began{5h};

private slots:
    void clockThatGoesOn_isBelieved()
    {
        AgeClock clock(m_start, m_began);
        for (const auto passed : {0s, 1s, 59s, 3600s, 360'000s})
            QCOMPARE(clock.at(m_start + passed, m_began + passed), m_start + passed);
    }

    void smallCorrections_areBelievedHoweverManyTheyAre()
    {
        AgeClock clock(m_start, m_began);
        for (int i = 1; i <= 100; ++i)
            QCOMPARE(clock.at(m_start + i * 90s, m_began + i * 60s), m_start + i * 90s);
    }

    void leap_isBelievedOnceItHasLasted()
    {
        AgeClock clock(m_start, m_began, 1h);
        const Timestamp leapt = m_start + std::chrono::days(60);
        QCOMPARE(clock.at(leapt, m_began), m_start);
        QCOMPARE(clock.at(leapt + 59min, m_began + 59min), m_start + 59min);
        QCOMPARE(clock.at(leapt + 60min, m_began + 60min), leapt + 60min);
        QCOMPARE(clock.at(leapt + 61min, m_began + 61min), leapt + 61min);
    }

    void leapThatIsTakenBack_leavesNothing()
    {
        AgeClock clock(m_start, m_began, 1h);
        const Timestamp leapt = m_start + std::chrono::days(60);
        QCOMPARE(clock.at(leapt + 10min, m_began + 10min), m_start + 10min);
        QCOMPARE(clock.at(m_start + 50min, m_began + 50min), m_start + 50min);
        QCOMPARE(clock.at(leapt + 70min, m_began + 70min), m_start + 70min);
        QCOMPARE(clock.at(leapt + 129min, m_began + 129min), m_start + 129min);
    }

    void secondLeap_hasToLastToo()
    {
        AgeClock clock(m_start, m_began, 1h);
        QCOMPARE(clock.at(m_start + 24h, m_began), m_start);
        const Timestamp farther = m_start + std::chrono::days(400);
        QCOMPARE(clock.at(farther, m_began + 59min), m_start + 59min);
        QCOMPARE(clock.at(farther + 59min, m_began + 118min), m_start + 118min);
        QCOMPARE(clock.at(farther + 60min, m_began + 119min), farther + 60min);
    }

    void bootClock_countsWhatTheMachineSlept()
    {
        using prism::store::BootClock;
        timespec before{};
        timespec after{};
        QCOMPARE(::clock_gettime(CLOCK_BOOTTIME, &before), 0);
        const auto read = BootClock::now().time_since_epoch();
        QCOMPARE(::clock_gettime(CLOCK_BOOTTIME, &after), 0);
        QVERIFY(read >= std::chrono::seconds(before.tv_sec) + std::chrono::nanoseconds(before.tv_nsec));
        QVERIFY(read <= std::chrono::seconds(after.tv_sec) + std::chrono::nanoseconds(after.tv_nsec));
    }

    void clockThatIsSetBack_isBelievedAtOnce()
    {
        AgeClock clock(m_start, m_began);
        const Timestamp earlier = m_start - std::chrono::days(60);
        QCOMPARE(clock.at(earlier, m_began + 1s), earlier);
        QCOMPARE(clock.at(earlier + 1s, m_began + 2s), earlier + 1s);
        QCOMPARE(clock.at(m_start, m_began + 3s), earlier + 2s);
    }
};

PRISM_APPLESS_TEST(AgeClockTest)

} // namespace tst_age_clock

#include "tst_age_clock.moc"
