#include "client/ui/dashboard/stat_card.h"
#include "tests/support/test_program.h"

#include <QApplication>
#include <QTest>

using namespace prism;
using ui::StatCard;
using ui::Tone;
using Kind = StatCard::Kind;

Q_DECLARE_METATYPE(Kind)

class TestStatCard : public QObject
{
    Q_OBJECT

private slots:
    void change_data();
    void change();
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
    QTest::addColumn<protocol::Change>("change");
    QTest::addColumn<QString>("text");
    QTest::addColumn<Tone>("tone");
    using Change = protocol::Change;
    QTest::newRow("more checks") << Kind::TotalChecks << 12'345.0 << Change{10'000, 2'345, 23.5}
                                 << QStringLiteral("▲ +23.5% better") << Tone::Good;
    QTest::newRow("fewer checks") << Kind::TotalChecks << 9'000.0 << Change{10'000, -1'000, -10}
                                  << QStringLiteral("▼ −10.0% worse") << Tone::Bad;
    QTest::newRow("more violations") << Kind::Violations << 110.0 << Change{100, 10, 10}
                                     << QStringLiteral("▲ +10.0% worse") << Tone::Bad;
    QTest::newRow("fewer violations") << Kind::Violations << 67.0 << Change{100, -33, -33}
                                      << QStringLiteral("▼ −33.0% better") << Tone::Good;
    QTest::newRow("more users") << Kind::ActiveUsers << 12.0 << Change{10, 2, 20}
                                << QStringLiteral("▲ +20.0% better") << Tone::Good;
    QTest::newRow("slower") << Kind::AverageCheckTime << 12.5 << Change{10, 2.5, 25}
                            << QStringLiteral("▲ +25.0% worse") << Tone::Bad;
    QTest::newRow("faster") << Kind::AverageCheckTime << 7.5 << Change{10, -2.5, -25}
                            << QStringLiteral("▼ −25.0% better") << Tone::Good;
    QTest::newRow("the same") << Kind::Violations << 10.0 << Change{10, 0, 0} << QStringLiteral("unchanged")
                              << Tone::Neutral;
    QTest::newRow("from zero") << Kind::Violations << 5.0 << Change{0, 5, std::nullopt}
                               << QStringLiteral("▲ +5 worse") << Tone::Bad;
    QTest::newRow("from nothing") << Kind::AverageCheckTime << 5.0 << Change{} << QString() << Tone::Neutral;
}

void TestStatCard::change()
{
    QFETCH(Kind, kind);
    QFETCH(double, value);
    QFETCH(protocol::Change, change);
    StatCard card(kind);
    card.setLocale(QLocale(QLocale::English, QLocale::UnitedStates));
    card.display({value, change});
    QTEST(card.changeText(), "text");
    QTEST(card.changeTone(), "tone");
}

void TestStatCard::noValue_isADash()
{
    StatCard card(Kind::AverageCheckTime);
    card.display({std::nullopt, protocol::Change{}});
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
    card.display({67.0, protocol::Change{100, -33, -33}});
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
#include "tst_stat_card.moc"
