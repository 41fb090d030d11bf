#include "shared/protocol/timestamp.h"
#include "tests/support/test_program.h"

#include <QTest>

using namespace prism::protocol;

class TimestampTest : public QObject
{
    Q_OBJECT

private slots:
    void iso_isReadInAnyZone_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("utc");
        QTest::newRow("utc") << "2026-02-07T22:30:00.000Z"
                             << "2026-02-07T22:30:00.000Z";
        QTest::newRow("no milliseconds") << "2026-02-07T22:30:00Z"
                                         << "2026-02-07T22:30:00.000Z";
        QTest::newRow("ahead") << "2026-02-08T06:30:00.125+08:00"
                               << "2026-02-07T22:30:00.125Z";
        QTest::newRow("half an hour behind") << "2026-02-07T19:00:00-03:30"
                                             << "2026-02-07T22:30:00.000Z";
    }

    void iso_isReadInAnyZone()
    {
        QFETCH(QString, text);
        QFETCH(QString, utc);
        const auto time = fromIso(text);
        QVERIFY(time.has_value());
        QCOMPARE(toIso(*time), utc);
    }

    void otherText_isRefused_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("empty") << "";
        QTest::newRow("no zone") << "2026-02-07T22:30:00.000";
        QTest::newRow("date alone") << "2026-02-07";
        QTest::newRow("no such day") << "2026-02-30T00:00:00Z";
        QTest::newRow("before 1970") << "1969-12-31T23:59:59Z";
        QTest::newRow("in UTC, after 9999") << "9999-12-31T23:59:59-14:00";
        QTest::newRow("words") << "yesterday";
        QTest::newRow("number") << "1770132878714";
    }

    void otherText_isRefused()
    {
        QFETCH(QString, text);
        QVERIFY(!fromIso(text).has_value());
    }
};

PRISM_APPLESS_TEST(TimestampTest)
#include "tst_timestamp.moc"
