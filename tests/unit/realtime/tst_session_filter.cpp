#include "server/realtime/session_filter.h"
#include "tests/support/test_program.h"

#include <QTest>

namespace tst_session_filter {

using prism::realtime::SessionFilter;
using namespace Qt::StringLiterals;

namespace {

const QString check = QStringLiteral("gateway:check:completed");
const QString record = QStringLiteral("analytics:record:created");

} // namespace

class SessionFilterTest : public QObject
{
    Q_OBJECT

private slots:
    void untilTheFirstSubscription_everythingIsWanted()
    {
        const SessionFilter filter;
        QVERIFY(filter.wants(check, QString()));
        QVERIFY(filter.wants(record, QString()));
    }

    void afterIt_onlyWhatWasSubscribedTo()
    {
        SessionFilter filter;
        QVERIFY(filter.subscribe(QStringLiteral("gateway:*")).has_value());
        QVERIFY(filter.wants(check, QString()));
        QVERIFY(!filter.wants(record, QString()));
        filter.unsubscribe(QStringLiteral("gateway:*"));
        QVERIFY(!filter.wants(check, QString()));
    }

    void pattern_namesTypes_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<bool>("isTaken");
        QTest::addColumn<bool>("wantsCheck");
        QTest::addColumn<bool>("wantsRecord");
        const auto row = [](const char* pattern, bool isTaken, bool wantsCheck, bool wantsRecord) {
            QTest::newRow(pattern) << QString::fromLatin1(pattern) << isTaken << wantsCheck << wantsRecord;
        };
        row("gateway:check:completed", true, true, false);
        row("gateway:check", true, true, false);
        row("gateway", true, true, false);
        row("gateway:", true, true, false);
        row("gateway:check:", true, true, false);
        row("gateway:*", true, true, false);
        row("gateway:che*", true, true, false);
        row("gateway*", true, true, false);
        row("gateway:check:completed*", true, true, false);
        row("*", true, true, true);
        row("analytics", true, false, true);
        row("analytics:record", true, false, true);
        row("analytics:record:updated", true, false, false);
        row("analytics:update", true, false, false);
        row("alert", true, false, false);
        row("gate", true, false, false);
        row("gate:changed", true, false, false);
        row("analytics:report:ready", true, false, false);
        row("gateway:che", false, true, true);
        row("gatewa", false, true, true);
        row("gateway:check:completed:", false, true, true);
        row("gateway:check:completed:late", false, true, true);
        row("gateway:check:completed:*", false, true, true);
        row(":", false, true, true);
        row("weather", false, true, true);
        row("weather:*", false, true, true);
        row("gateway:**", false, true, true);
        row("*:created", false, true, true);
        row("Gateway:check", false, true, true);
        row(" gateway:check", false, true, true);
        row("connected", false, true, true);
    }

    /// What was refused narrows nothing.
    void pattern_namesTypes()
    {
        QFETCH(const QString, pattern);
        QFETCH(const bool, isTaken);
        QFETCH(const bool, wantsCheck);
        QFETCH(const bool, wantsRecord);
        SessionFilter filter;
        QCOMPARE(filter.subscribe(pattern).has_value(), isTaken);
        QCOMPARE(filter.wantsAll(), !isTaken);
        QCOMPARE(filter.wants(check, QString()), wantsCheck);
        QCOMPARE(filter.wants(record, QString()), wantsRecord);
    }

    void rooms_narrowProjectsAlone()
    {
        SessionFilter filter;
        QVERIFY(filter.join(QStringLiteral("alpha")).has_value());
        QVERIFY(filter.wants(check, QStringLiteral("alpha")));
        QVERIFY(!filter.wants(check, QStringLiteral("beta")));
        QVERIFY(!filter.wants(check, QString()));
        QVERIFY(filter.wants(record, QString()));
        filter.leave(QStringLiteral("alpha"));
        QVERIFY(filter.wants(check, QStringLiteral("beta")));
    }

    void names_areMeasuredInCharacters_data()
    {
        QTest::addColumn<QString>("character");
        QTest::newRow("ASCII") << u"x"_s;
        QTest::newRow("beyond it") << u"\u00e9"_s;
        QTest::newRow("of two units") << QString::fromUcs4(U"\U0001F680");
    }

    void names_areMeasuredInCharacters()
    {
        QFETCH(const QString, character);
        SessionFilter filter;
        QVERIFY(filter.join(character.repeated(100)).has_value());
        const auto refused = filter.join(character.repeated(101));
        QVERIFY(!refused.has_value());
        QCOMPARE(refused.error().code, prism::protocol::ErrorCode::TooLong);
        QVERIFY(filter.wants(check, character.repeated(100)));
        QVERIFY(!filter.wants(check, character.repeated(101)));
    }

    void entries_areBounded()
    {
        SessionFilter filter;
        QVERIFY(!filter.subscribe(QString()).has_value());
        QVERIFY(!filter.join(QString(101, QLatin1Char('x'))).has_value());
        QStringList patterns;
        for (const QString& type :
             {check, record, QStringLiteral("settings:updated"), QStringLiteral("principles:updated"),
              QStringLiteral("alert:acknowledged")}) {
            for (qsizetype i = 1; i <= type.size(); ++i)
                patterns.append(type.first(i) + QLatin1Char('*'));
        }
        patterns.removeDuplicates();
        QVERIFY(patterns.size() < 100);
        for (const QString& pattern : patterns)
            QVERIFY(filter.subscribe(pattern).has_value());
        for (const QString& type :
             {QStringLiteral("analytics:record:updated"), QStringLiteral("analytics:record:deleted"),
              QStringLiteral("retro:created"), QStringLiteral("gateway:check:updated")}) {
            for (qsizetype i = 1; i <= type.size() && patterns.size() < 100; ++i) {
                const QString pattern = type.first(i) + QLatin1Char('*');
                if (patterns.contains(pattern))
                    continue;
                patterns.append(pattern);
                QVERIFY(filter.subscribe(pattern).has_value());
            }
        }
        QCOMPARE(patterns.size(), 100);
        QVERIFY(!filter.subscribe(QStringLiteral("*")).has_value());
        QVERIFY(filter.subscribe(patterns.at(5)).has_value());
    }
};

PRISM_APPLESS_TEST(SessionFilterTest)

} // namespace tst_session_filter

#include "tst_session_filter.moc"
