#include "tests/support/test_program.h"
#include "tests/unit/alerting/detector_test.h"

namespace tst_imported_history {

using namespace prism;
using namespace prism::alerting;
using namespace prism::test;
using namespace std::chrono_literals;

/// What was imported or came late is compared with, and raises nothing.
class TestImportedHistory : public DetectorTest
{
    Q_OBJECT

private slots:
    void init() { begin(); }

    void lateAndImportedData_raisesNothing()
    {
        quietHours();
        m_history->hours[runningHour] = importedOf(partOf(200, 2'000, 200, 5'000));
        m_history->days[today] = importedOf(partOf(200, 2'000, 200, 5'000));
        for (const AlertKind kind : {AlertKind::ViolationSpike, AlertKind::PerformanceDegradation,
                                     AlertKind::QualityDrop, AlertKind::SlowChecks})
            QCOMPARE(words(kind, runningHour + 2h), QString());
    }

    /// What was there is judged by it once something is seen live again.
    void importedUsual_raisesNothingByItself()
    {
        setHour(runningHour - 2h, partOf(20, 30));
        QCOMPARE(words(AlertKind::ViolationSpike), QString()); // nothing is known of what is usual
        quietHours();
        m_history->newestIsLive = false;
        QCOMPARE(words(AlertKind::ViolationSpike), QString());
        m_history->newestIsLive = true;
        QCOMPARE(words(AlertKind::ViolationSpike), QStringLiteral("raised high"));
    }

    /// It is not graver either, but may be over.
    void importedUsual_changesARaisedAlert_data()
    {
        QTest::addColumn<int>("usualHits"); ///< of 20 checks
        QTest::addColumn<QString>("said");
        QTest::newRow("less") << 1 << QString();
        QTest::newRow("more") << 20 << QStringLiteral("over medium");
    }

    void importedUsual_changesARaisedAlert()
    {
        QFETCH(int, usualHits);
        QFETCH(QString, said);
        quietHours();
        setHour(runningHour - 2h, partOf(20, 20));
        QCOMPARE(words(AlertKind::ViolationSpike), QStringLiteral("raised medium"));
        m_history->newestIsLive = false;
        for (int i = 0; i < 12; ++i)
            m_history->hours[today - Days(20) + i * 1h] = importedOf(partOf(20, usualHits));
        QCOMPARE(words(AlertKind::ViolationSpike), said);
    }

    /// Nothing is known of what is usual.
    void youngServer_raisesNothing()
    {
        m_history->first = today - Days(5);
        setHour(runningHour, partOf(200, 2'000));
        QCOMPARE(words(AlertKind::ViolationSpike), QString());
    }

    /// Where all is imported afterwards, a day that is over has nobody yet.
    void usageDrop_isNotOfWhatIsImported()
    {
        const Timestamp friday = today - Days(1);
        for (int week = 1; week <= 8; ++week)
            m_history->days[friday - Days(7 * week)] = importedOf(partOf(10, 0), 10);
        QCOMPARE(words(AlertKind::UsageDrop), QString());
    }
};

PRISM_TEST(TestImportedHistory)

} // namespace tst_imported_history

#include "tst_imported_history.moc"
