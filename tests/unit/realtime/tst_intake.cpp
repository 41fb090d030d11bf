#include "server/realtime/intake.h"
#include "tests/support/test_program.h"

#include <QTest>

namespace tst_intake {

using namespace std::chrono_literals;
using prism::realtime::Intake;
using prism::realtime::Settings;

/// How much a client may send.
class IntakeTest : public QObject
{
    Q_OBJECT

    const Intake::Clock::time_point m_start = Intake::Clock::now();

    static Settings settings(qint64 pieces, qint64 bytes)
    {
        Settings settings;
        settings.messageBytes = 16;
        settings.clientRate = {pieces, bytes};
        return settings;
    }

private slots:
    void tenSecondsWorth_mayComeAtOnceAndNotOneMore_data()
    {
        QTest::addColumn<qint64>("pieces");
        QTest::addColumn<qint64>("bytes");
        QTest::newRow("pieces") << qint64(1) << qint64(0);
        QTest::newRow("bytes") << qint64(0) << qint64(1);
    }

    void tenSecondsWorth_mayComeAtOnceAndNotOneMore()
    {
        QFETCH(const qint64, pieces);
        QFETCH(const qint64, bytes);
        Intake intake(settings(20, 20), m_start);
        for (int i = 0; i < 200; ++i)
            QVERIFY(intake.take(pieces, bytes, m_start));
        QVERIFY(!intake.take(pieces, bytes, m_start));
    }

    void atItsRate_itMayGoOnForEver()
    {
        Intake intake(settings(20, 1000), m_start);
        for (int i = 0; i < 5000; ++i)
            QVERIFY(intake.take(1, 50, m_start + i * 50ms));
    }

    void aLittleFaster_itEndsInTheEnd()
    {
        Intake intake(settings(20, 1'000'000), m_start);
        int taken = 0;
        while (taken < 100'000 && intake.take(1, 1, m_start + taken * 40ms))
            ++taken;
        QVERIFY2(taken >= 994 && taken <= 998,
                 qPrintable(QString::number(taken))); // 200 saved, 5 too many a second
    }

    void silence_savesUpNoMoreThanTenSeconds()
    {
        Intake intake(settings(20, 1'000'000), m_start);
        for (int i = 0; i < 200; ++i)
            QVERIFY(intake.take(1, 1, m_start));
        const auto later = m_start + 24h;
        for (int i = 0; i < 200; ++i)
            QVERIFY(intake.take(1, 1, later));
        QVERIFY(!intake.take(1, 1, later));
    }

    void twoOfTheLargestMessages_areNeverTooMuch()
    {
        Settings large = settings(20, 1);
        large.messageBytes = 1000;
        Intake intake(large, m_start);
        QVERIFY(intake.take(1, 2000, m_start));
        QVERIFY(!intake.take(1, 1, m_start));
    }
};

PRISM_APPLESS_TEST(IntakeTest)

} // namespace tst_intake

#include "tst_intake.moc"
