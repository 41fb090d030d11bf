#include "client/ui/application/language.h"
#include "client/ui/dashboard/stat_card.h"
#include "tests/support/test_program.h"

#include <QApplication>
#include <QTest>

namespace tst_stat_card {

using namespace prism;
using ui::StatCard;
using ui::Tone;
using Kind = StatCard::Kind;

using protocol::Assessment;
using protocol::Change;
using protocol::NoVerdict;
using protocol::Verdict;

namespace {

Assessment said(Verdict verdict)
{
    return {verdict, std::nullopt, {}};
}

Assessment unsaid(NoVerdict reason)
{
    return {std::nullopt, reason, {}};
}

bool isPainted(StatCard& card, Tone tone)
{
    const QImage picture = card.grab().toImage();
    const QRgb wanted = ui::Theme::of(&card).tone(tone).rgb();
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < picture.width(); ++x) {
            if (picture.pixel(x, y) == wanted)
                return true;
        }
    }
    return false;
}

} // namespace

class TestStatCard : public QObject
{
    Q_OBJECT

private slots:
    void change_data();
    void change();
    void smallLine_hasNoColourOfAVerdict();
    void span_isNamed_data();
    void span_isNamed();
    void missingVerdict_isExplained_data();
    void missingVerdict_isExplained();
    void noValue_isADash();
    void beforeTheFirstNumbers_isADash();
    void noEarlierPeriod_saysSo();
    void whatIsShown_isTheAccessibleDescription();
    void stale_namesTheAgeAndKeepsTheValue();
};

void TestStatCard::change_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<double>("value");
    QTest::addColumn<Change>("change");
    QTest::addColumn<QString>("text");
    QTest::addColumn<Tone>("tone");
    const auto row = [](const char* name, Kind kind, double value, const Change& change, const char* text,
                        Tone tone) {
        QTest::newRow(name) << kind << value << change << QString::fromUtf8(text) << tone;
    };
    const auto volume = Kind::TotalChecks;
    row("more checks", volume, 12'345, {10'000, 2'345, 23.5, unsaid(NoVerdict::Volume)}, "▲ +23.5% more",
        Tone::Neutral);
    row("fewer checks", volume, 9'000, {10'000, -1'000, -10, unsaid(NoVerdict::Volume)}, "▼ −10.0% fewer",
        Tone::Neutral);
    row("as many checks as usual", volume, 9'900, {10'000, -100, -1, said(Verdict::Same)}, "▼ −1.0% fewer",
        Tone::Neutral);
    row("more users", Kind::ActiveUsers, 12, {10, 2, 20, unsaid(NoVerdict::TooFew)}, "▲ +20.0% more",
        Tone::Neutral);
    row("more violations", Kind::Violations, 110, {100, 10, 10, said(Verdict::Worse)}, "▲ +10.0% worse",
        Tone::Bad);
    row("fewer violations", Kind::Violations, 67, {100, -33, -33, said(Verdict::Better)}, "▼ −33.0% better",
        Tone::Good);
    row("more violations, as usual", Kind::Violations, 110, {100, 10, 10, said(Verdict::Same)}, "▲ +10.0%",
        Tone::Neutral);
    row("more violations, nobody knows", Kind::Violations, 110, {100, 10, 10, unsaid(NoVerdict::TooFew)},
        "▲ +10.0%", Tone::Neutral);
    row("of an older server", Kind::Violations, 110, {100, 10, 10}, "▲ +10.0%", Tone::Neutral);
    row("slower", Kind::AverageCheckTime, 12.5, {10, 2.5, 25, said(Verdict::Worse)}, "▲ +25.0% worse",
        Tone::Bad);
    row("faster", Kind::AverageCheckTime, 7.5, {10, -2.5, -25, said(Verdict::Better)}, "▼ −25.0% better",
        Tone::Good);
    row("the same", Kind::Violations, 10, {10, 0, 0, said(Verdict::Same)}, "unchanged", Tone::Neutral);
    row("from zero", Kind::Violations, 5, {0, 5, std::nullopt, said(Verdict::Worse)}, "▲ +5 worse",
        Tone::Bad);
    row("from nothing", Kind::AverageCheckTime, 5, {}, "", Tone::Neutral);
}

void TestStatCard::change()
{
    QFETCH(Kind, kind);
    QFETCH(double, value);
    QFETCH(Change, change);
    QFETCH(Tone, tone);
    StatCard card(kind);
    card.setLocale(QLocale(QLocale::English, QLocale::UnitedStates));
    card.resize(400, 120);
    card.display({value, change});
    QTEST(card.changeText(), "text");
    QCOMPARE(card.changeTone(), tone);
    QCOMPARE(isPainted(card, Tone::Good), tone == Tone::Good);
    QCOMPARE(isPainted(card, Tone::Bad), tone == Tone::Bad);
}

/// A direction is no verdict.
void TestStatCard::smallLine_hasNoColourOfAVerdict()
{
    for (const protocol::Direction direction : {protocol::Direction::Up, protocol::Direction::Down}) {
        StatCard card(Kind::Violations);
        card.resize(400, 120);
        card.display({10.0, Change{10, 0, 0}});
        const protocol::Timestamp day = protocol::fromMillis(0);
        protocol::Trend trend;
        trend.heading = protocol::Heading{.direction = direction};
        for (int i = 0; i < 9; ++i)
            trend.points.append({day + std::chrono::days(i), double(i), false});
        card.displayTrend(trend);
        QVERIFY(!isPainted(card, Tone::Good));
        QVERIFY(!isPainted(card, Tone::Bad));
    }
}

void TestStatCard::span_isNamed_data()
{
    QTest::addColumn<QDateTime>("from");
    QTest::addColumn<QDateTime>("to");
    QTest::addColumn<QString>("english");
    QTest::addColumn<QString>("chinese");
    const auto at = [](int year, int month, int day, int hour = 0, int minute = 0) {
        return QDateTime(QDate(year, month, day), QTime(hour, minute));
    };
    const auto row = [](const char* english, const QDateTime& from, const QDateTime& to,
                        const char* chinese) {
        QTest::newRow(english) << from << to << QString::fromUtf8(english) << QString::fromUtf8(chinese);
    };
    row("against 22 Nov, to 14:00", at(2026, 11, 22), at(2026, 11, 22, 14).addMSecs(1),
        "对比 11月22日，截至 14:00");
    row("against 3–9 Nov, to 14:00", at(2026, 11, 3), at(2026, 11, 9, 14).addMSecs(1),
        "对比 11月3日–9日，截至 14:00");
    row("against 3–9 Nov", at(2026, 11, 3), at(2026, 11, 10), "对比 11月3日–9日");
    row("against 27 Sep–26 Oct, to 00:05", at(2026, 9, 27), at(2026, 10, 26, 0, 5).addMSecs(1),
        "对比 9月27日–10月26日，截至 00:05");
    row("against 24 Nov 2024–23 Nov 2025, to 14:00", at(2024, 11, 24), at(2025, 11, 23, 14).addMSecs(1),
        "对比 2024年11月24日–2025年11月23日，截至 14:00");
}

void TestStatCard::span_isNamed()
{
    QFETCH(QDateTime, from);
    QFETCH(QDateTime, to);
    QFETCH(QString, english);
    Change change{10, 1, 10, said(Verdict::Same)};
    change.assessment.span = {protocol::fromMillis(from.toMSecsSinceEpoch()),
                              protocol::fromMillis(to.toMSecsSinceEpoch())};
    StatCard card(Kind::Violations);
    card.setLocale(QLocale(QLocale::English, QLocale::UnitedStates));
    card.display({11.0, change});
    QVERIFY2(card.accessibleDescription().contains(QStringLiteral(", %1, was 10").arg(english)),
             qPrintable(card.accessibleDescription()));

    QFETCH(QString, chinese);
    ui::Language language;
    language.set(QLocale(QLocale::Chinese));
    StatCard translated(Kind::Violations);
    translated.setLocale(language.current());
    translated.display({11.0, change});
    language.set(QLocale(QLocale::English));
    QVERIFY2(translated.accessibleDescription().contains(chinese),
             qPrintable(translated.accessibleDescription()));
}

void TestStatCard::missingVerdict_isExplained_data()
{
    QTest::addColumn<Assessment>("assessment");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* reason, const Assessment& assessment) {
        QTest::newRow(reason) << assessment << QString::fromUtf8(reason);
    };
    row("no more than it usually differs by", said(Verdict::Same));
    row("the data begins later", unsaid(NoVerdict::NoBaseline));
    row("one of the two has no value", unsaid(NoVerdict::NoValue));
    row("too few days are known", unsaid(NoVerdict::TooFew));
    row("is being computed", unsaid(NoVerdict::NotReady));
    row("at that moment is not known", unsaid(NoVerdict::Past));
    row("not of one length", unsaid(NoVerdict::DifferentPeriods));
    row("neither better nor worse", unsaid(NoVerdict::Volume));
    row("never judged", unsaid(NoVerdict::Never));
}

void TestStatCard::missingVerdict_isExplained()
{
    QFETCH(Assessment, assessment);
    QFETCH(QString, reason);
    StatCard card(Kind::AverageCheckTime);
    card.display({11.0, Change{10, 1, 10, assessment}});
    QVERIFY2(card.toolTip().contains(reason), qPrintable(card.toolTip()));
    QVERIFY2(card.accessibleDescription().contains(reason), qPrintable(card.accessibleDescription()));
}

void TestStatCard::noValue_isADash()
{
    StatCard card(Kind::AverageCheckTime);
    card.display({std::nullopt, Change{}});
    QCOMPARE(card.valueText(), QStringLiteral("—"));
}

void TestStatCard::beforeTheFirstNumbers_isADash()
{
    const StatCard card(Kind::TotalChecks);
    QCOMPARE(card.valueText(), QStringLiteral("—"));
    QCOMPARE(card.changeText(), QString());
}

void TestStatCard::noEarlierPeriod_saysSo()
{
    StatCard card(Kind::TotalChecks);
    card.display({5.0, std::nullopt});
    QCOMPARE(card.changeText(), QString());
    QVERIFY2(card.accessibleDescription().contains(QStringLiteral("nothing to compare with")),
             qPrintable(card.accessibleDescription()));
}

void TestStatCard::whatIsShown_isTheAccessibleDescription()
{
    StatCard card(Kind::Violations);
    card.setLocale(QLocale(QLocale::English, QLocale::UnitedStates));
    card.display({67.0, Change{100, -33, -33, said(Verdict::Better)}});
    QCOMPARE(card.accessibleName(), QStringLiteral("Violations"));
    QCOMPARE(card.accessibleDescription(), QStringLiteral("67, ▼ −33.0% better, was 100"));
}

void TestStatCard::stale_namesTheAgeAndKeepsTheValue()
{
    StatCard card(Kind::TotalChecks);
    card.display({67.0, std::nullopt});
    card.setFreshness({true, std::chrono::seconds(18)});
    QVERIFY(card.isStale());
    QCOMPARE(card.valueText(), QStringLiteral("67"));
    QCOMPARE(card.ageText(), QStringLiteral("18 s old"));
    card.setFreshness({false, std::chrono::seconds(0)});
    QCOMPARE(card.ageText(), QString());
}

PRISM_WIDGET_TEST(TestStatCard)

} // namespace tst_stat_card

#include "tst_stat_card.moc"
