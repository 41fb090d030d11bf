#include "server/analytics/last_moment.h"
#include "tests/support/test_program.h"

#include <QTest>

namespace tst_last_moment {

using namespace prism::analytics;

class LastMomentTest : public QObject
{
    Q_OBJECT

private slots:
    void time_isTheLaterWhereTheClockShowsItTwice_data()
    {
        QTest::addColumn<QByteArray>("zone");
        QTest::addColumn<QDate>("day");
        QTest::addColumn<QTime>("time");
        QTest::addColumn<QString>("moment");
        QTest::newRow("once") << QByteArray("Europe/Berlin") << QDate(2026, 7, 1) << QTime(2, 30)
                              << "2026-07-01T00:30:00.000Z";
        QTest::newRow("twice, east") << QByteArray("Europe/Berlin") << QDate(2026, 10, 25) << QTime(2, 30)
                                     << "2026-10-25T01:30:00.000Z";
        QTest::newRow("twice, west") << QByteArray("America/New_York") << QDate(2026, 11, 1) << QTime(1, 30)
                                     << "2026-11-01T06:30:00.000Z";
        QTest::newRow("twice, by half an hour") << QByteArray("Australia/Lord_Howe") << QDate(2026, 4, 5)
                                                << QTime(1, 45) << "2026-04-04T15:15:00.000Z";
        QTest::newRow("just before") << QByteArray("Europe/Berlin") << QDate(2026, 10, 25) << QTime(1, 59)
                                     << "2026-10-24T23:59:00.000Z";
        QTest::newRow("just after") << QByteArray("Europe/Berlin") << QDate(2026, 10, 25) << QTime(3, 0)
                                    << "2026-10-25T02:00:00.000Z";
    }

    void time_isTheLaterWhereTheClockShowsItTwice()
    {
        QFETCH(QByteArray, zone);
        QFETCH(QDate, day);
        QFETCH(QTime, time);
        QFETCH(QString, moment);
        QCOMPARE(prism::protocol::toIso(lastMomentOf(day, time, QTimeZone(zone))), moment);
    }

    void timeThatIsLeftOut_isBesideTheGap()
    {
        using namespace std::chrono_literals;
        const auto gap = *prism::protocol::fromIso(QStringLiteral("2026-03-29T01:00:00.000Z"));
        const auto moment = lastMomentOf(QDate(2026, 3, 29), QTime(2, 30), QTimeZone("Europe/Berlin"));
        QVERIFY(moment >= gap - 1h && moment <= gap + 1h);
    }
};

PRISM_APPLESS_TEST(LastMomentTest)

} // namespace tst_last_moment

#include "tst_last_moment.moc"
