#include "client/ui/widgets/format.h"
#include "tests/support/test_program.h"

#include <QApplication>
#include <QDateTime>
#include <QTest>

namespace tst_format {

using namespace prism;
using namespace std::chrono_literals;
using ui::Format;

class TestFormat : public QObject
{
    Q_OBJECT

private slots:
    void rate_data();
    void rate();
    void milliseconds_data();
    void milliseconds();
    void duration_data();
    void duration();
    void age_data();
    void age();
    void count_followsTheLocale();
    void decimal_dropsZeros();
    void moment_ofAnotherDay_hasTheDate();
};

namespace {

const auto none = std::optional<double>();

Format english()
{
    return Format(QLocale(QLocale::English, QLocale::UnitedStates));
}

} // namespace

void TestFormat::rate_data()
{
    QTest::addColumn<std::optional<double>>("fraction");
    QTest::addColumn<QString>("text");
    QTest::newRow("nothing under it") << none << QStringLiteral("—");
    QTest::newRow("zero is not nothing") << std::optional(0.0) << QStringLiteral("0%");
    QTest::newRow("one decimal") << std::optional(0.0834) << QStringLiteral("8.3%");
    QTest::newRow("all") << std::optional(1.0) << QStringLiteral("100%");
}

void TestFormat::rate()
{
    QFETCH(std::optional<double>, fraction);
    QTEST(english().rate(fraction), "text");
}

void TestFormat::milliseconds_data()
{
    QTest::addColumn<std::optional<double>>("ms");
    QTest::addColumn<QString>("text");
    QTest::newRow("none") << none << QStringLiteral("—");
    QTest::newRow("short") << std::optional(8.421) << QStringLiteral("8.42 ms");
    QTest::newRow("tens") << std::optional(42.06) << QStringLiteral("42.1 ms");
    QTest::newRow("hundreds") << std::optional(1234.4) << QStringLiteral("1,234 ms");
    QTest::newRow("seconds") << std::optional(12'345.0) << QStringLiteral("12.3 s");
}

void TestFormat::milliseconds()
{
    QFETCH(std::optional<double>, ms);
    QTEST(english().milliseconds(ms), "text");
}

void TestFormat::duration_data()
{
    QTest::addColumn<std::optional<double>>("ms");
    QTest::addColumn<QString>("text");
    QTest::newRow("none") << none << QStringLiteral("—");
    QTest::newRow("under a second") << std::optional(420.0) << QStringLiteral("420 ms");
    QTest::newRow("seconds") << std::optional(42'000.0) << QStringLiteral("42 s");
    QTest::newRow("minutes") << std::optional(200'000.0) << QStringLiteral("3 min 20 s");
    QTest::newRow("hours") << std::optional(5'400'000.0) << QStringLiteral("1 h 30 min");
}

void TestFormat::duration()
{
    QFETCH(std::optional<double>, ms);
    QTEST(english().duration(ms), "text");
}

void TestFormat::age_data()
{
    QTest::addColumn<std::chrono::milliseconds>("age");
    QTest::addColumn<QString>("text");
    QTest::newRow("now") << std::chrono::milliseconds(400ms) << QStringLiteral("0 s");
    QTest::newRow("seconds") << std::chrono::milliseconds(18'900ms) << QStringLiteral("18 s");
    QTest::newRow("almost two minutes") << std::chrono::milliseconds(2min - 1ms) << QStringLiteral("119 s");
    QTest::newRow("two minutes") << std::chrono::milliseconds(2min) << QStringLiteral("2 min");
    QTest::newRow("minutes") << std::chrono::milliseconds(5min) << QStringLiteral("5 min");
    QTest::newRow("almost two hours") << std::chrono::milliseconds(2h - 1ms) << QStringLiteral("119 min");
    QTest::newRow("two hours") << std::chrono::milliseconds(2h) << QStringLiteral("2 h");
    QTest::newRow("hours") << std::chrono::milliseconds(3h) << QStringLiteral("3 h");
    QTest::newRow("almost two days") << std::chrono::milliseconds(48h - 1ms) << QStringLiteral("47 h");
    QTest::newRow("two days") << std::chrono::milliseconds(48h) << QStringLiteral("2 d");
    QTest::newRow("days") << std::chrono::milliseconds(50h) << QStringLiteral("2 d");
}

void TestFormat::age()
{
    QFETCH(std::chrono::milliseconds, age);
    QTEST(english().age(age), "text");
}

void TestFormat::count_followsTheLocale()
{
    QCOMPARE(english().count(12'345), QStringLiteral("12,345"));
    QCOMPARE(Format(QLocale(QLocale::German, QLocale::Germany)).count(12'345), QStringLiteral("12.345"));
}

void TestFormat::decimal_dropsZeros()
{
    QCOMPARE(english().decimal(12.0), QStringLiteral("12"));
    QCOMPARE(english().decimal(12.25), QStringLiteral("12.3"));
    QCOMPARE(english().decimal(12.99), QStringLiteral("13"));
    QCOMPARE(english().decimal(0.25, 2), QStringLiteral("0.25"));
}

void TestFormat::moment_ofAnotherDay_hasTheDate()
{
    const QDateTime time(QDate(2026, 2, 7), QTime(22, 30, 5));
    QCOMPARE(english().moment(time, time.addSecs(60)), QStringLiteral("22:30:05"));
    QCOMPARE(english().moment(time, time.addDays(1)), QStringLiteral("7 Feb 22:30"));
}

PRISM_WIDGET_TEST(TestFormat)

} // namespace tst_format

#include "tst_format.moc"
