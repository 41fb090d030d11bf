#include "client/model/preferences.h"
#include "tests/support/test_program.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <limits>

namespace tst_preferences {

using namespace prism;
using model::CheckTimeLimits;
using model::Preferences;
using model::ThemeChoice;
using std::chrono::seconds;

class TestPreferences : public QObject
{
    Q_OBJECT

private slots:
    void nothingStored_isTheDefault();
    void whatWasChosen_isThereTheNextTime();
    void storedValueWithoutSense_countsAsNotChosen_data();
    void storedValueWithoutSense_countsAsNotChosen();
    void limitsWithoutSense_areNotTaken_data();
    void limitsWithoutSense_areNotTaken();
    void pollInterval_staysWithinItsBounds();
    void sameValueAgain_tellsNobody();

private:
    QString file() const { return m_dir.filePath(QLatin1String(QTest::currentTestFunction())); }

    QTemporaryDir m_dir;
};

void TestPreferences::nothingStored_isTheDefault()
{
    const Preferences preferences(file());
    QCOMPARE(preferences.language(), QString());
    QCOMPARE(preferences.theme(), ThemeChoice::System);
    QVERIFY(preferences.checkTimeLimits() == (CheckTimeLimits{10, 50}));
    QVERIFY(preferences.notifications());
    QCOMPARE(preferences.pollInterval(), seconds(30));
}

void TestPreferences::whatWasChosen_isThereTheNextTime()
{
    {
        Preferences preferences(file());
        QSignalSpy language(&preferences, &Preferences::languageChanged);
        QSignalSpy theme(&preferences, &Preferences::themeChanged);
        QSignalSpy limits(&preferences, &Preferences::checkTimeLimitsChanged);
        QSignalSpy notifications(&preferences, &Preferences::notificationsChanged);
        QSignalSpy interval(&preferences, &Preferences::pollIntervalChanged);
        preferences.setLanguage(QStringLiteral("zh_CN"));
        preferences.setTheme(ThemeChoice::Dark);
        QVERIFY(preferences.setCheckTimeLimits({2.5, 20}));
        preferences.setNotifications(false);
        preferences.setPollInterval(seconds(60));
        for (const QSignalSpy* spy : {&language, &theme, &limits, &notifications, &interval})
            QCOMPARE(spy->count(), 1);
    }
    const Preferences again(file());
    QCOMPARE(again.language(), QStringLiteral("zh_CN"));
    QCOMPARE(again.theme(), ThemeChoice::Dark);
    QVERIFY(again.checkTimeLimits() == (CheckTimeLimits{2.5, 20}));
    QVERIFY(!again.notifications());
    QCOMPARE(again.pollInterval(), seconds(60));
}

void TestPreferences::storedValueWithoutSense_countsAsNotChosen_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    QTest::newRow("language") << QStringLiteral("language") << QStringLiteral("klingon");
    QTest::newRow("theme") << QStringLiteral("theme") << QStringLiteral("plaid");
    QTest::newRow("one limit above the other")
        << QStringLiteral("checkTimeGoodBelow") << QStringLiteral("5000");
    QTest::newRow("limit that is no number") << QStringLiteral("checkTimeGoodBelow") << QStringLiteral("nan");
    QTest::newRow("limit below zero") << QStringLiteral("checkTimeGoodBelow") << QStringLiteral("-1");
    QTest::newRow("notifications") << QStringLiteral("notifications") << QStringLiteral("perhaps");
    QTest::newRow("interval that is no number") << QStringLiteral("pollSeconds") << QStringLiteral("often");
    QTest::newRow("interval too short") << QStringLiteral("pollSeconds") << QStringLiteral("0");
    QTest::newRow("interval too long") << QStringLiteral("pollSeconds") << QStringLiteral("999999999");
}

void TestPreferences::storedValueWithoutSense_countsAsNotChosen()
{
    QFETCH(QString, name);
    QFETCH(QString, value);
    const QString path = file() + QLatin1String(QTest::currentDataTag());
    {
        QSettings store(path, QSettings::IniFormat);
        store.setValue(QStringLiteral("preferences/checkTimeAcceptableBelow"), 50);
        store.setValue(QStringLiteral("preferences/") + name, value);
    }
    const Preferences preferences(path);
    QCOMPARE(preferences.language(), QString());
    QCOMPARE(preferences.theme(), ThemeChoice::System);
    QVERIFY(preferences.checkTimeLimits() == CheckTimeLimits());
    QVERIFY(preferences.notifications());
    QCOMPARE(preferences.pollInterval(), seconds(30));
}

void TestPreferences::limitsWithoutSense_areNotTaken_data()
{
    QTest::addColumn<double>("good");
    QTest::addColumn<double>("acceptable");
    QTest::newRow("the wrong way round") << 50.0 << 10.0;
    QTest::newRow("equal") << 10.0 << 10.0;
    QTest::newRow("zero") << 0.0 << 10.0;
    QTest::newRow("not a number") << std::numeric_limits<double>::quiet_NaN() << 10.0;
    QTest::newRow("longer than any check") << 10.0 << 1e12;
}

void TestPreferences::limitsWithoutSense_areNotTaken()
{
    QFETCH(double, good);
    QFETCH(double, acceptable);
    Preferences preferences(file());
    const QSignalSpy changed(&preferences, &Preferences::checkTimeLimitsChanged);
    QVERIFY(!preferences.setCheckTimeLimits({good, acceptable}));
    QVERIFY(preferences.checkTimeLimits() == CheckTimeLimits());
    QCOMPARE(changed.count(), 0);
}

void TestPreferences::pollInterval_staysWithinItsBounds()
{
    Preferences preferences(file());
    preferences.setPollInterval(seconds(0));
    QCOMPARE(preferences.pollInterval(), Preferences::shortestPollInterval);
    preferences.setPollInterval(std::chrono::hours(48));
    QCOMPARE(preferences.pollInterval(), Preferences::longestPollInterval);
}

void TestPreferences::sameValueAgain_tellsNobody()
{
    Preferences preferences(file());
    const QSignalSpy theme(&preferences, &Preferences::themeChanged);
    const QSignalSpy limits(&preferences, &Preferences::checkTimeLimitsChanged);
    preferences.setTheme(ThemeChoice::System);
    QVERIFY(preferences.setCheckTimeLimits({10, 50}));
    QCOMPARE(theme.count() + limits.count(), 0);
}

PRISM_TEST(TestPreferences)

} // namespace tst_preferences

#include "tst_preferences.moc"
