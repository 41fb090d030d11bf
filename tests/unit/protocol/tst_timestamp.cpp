#include "shared/protocol/json_reader.h"
#include "tests/support/test_program.h"

#include <QTest>

namespace tst_timestamp {

using namespace prism::protocol;

class TimestampTest : public QObject
{
    Q_OBJECT

private slots:
    void iso_isReadInAnyForm_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("utc");
        const auto row = [](const char* name, const char* text, const char* utc) {
            QTest::newRow(name) << QString::fromLatin1(text) << QString::fromLatin1(utc);
        };
        row("utc", "2026-02-07T22:30:00.000Z", "2026-02-07T22:30:00.000Z");
        row("no milliseconds", "2026-02-07T22:30:00Z", "2026-02-07T22:30:00.000Z");
        row("no seconds", "2026-02-07T22:30Z", "2026-02-07T22:30:00.000Z");
        row("small letters", "2026-02-07t22:30:00z", "2026-02-07T22:30:00.000Z");
        row("a space for the T", "2026-02-07 22:30:00Z", "2026-02-07T22:30:00.000Z");
        row("ahead", "2026-02-08T06:30:00.125+08:00", "2026-02-07T22:30:00.125Z");
        row("half an hour behind", "2026-02-07T19:00:00-03:30", "2026-02-07T22:30:00.000Z");
        row("offset of nothing", "2026-02-07T22:30:00+00:00", "2026-02-07T22:30:00.000Z");
        row("offset that is not known", "2026-02-07T22:30:00-00:00", "2026-02-07T22:30:00.000Z");
        row("farthest zone", "2026-02-08T12:30:00+14:00", "2026-02-07T22:30:00.000Z");
        row("largest offset", "2026-02-08T22:29:00+23:59", "2026-02-07T22:30:00.000Z");
        row("largest offset behind", "2026-02-06T22:31:00-23:59", "2026-02-07T22:30:00.000Z");
        row("offset without a colon", "2026-02-07T23:30:00+0100", "2026-02-07T22:30:00.000Z");
        row("offset of hours", "2026-02-07T23:30:00+01", "2026-02-07T22:30:00.000Z");
        row("one digit", "2026-02-07T22:30:00.5Z", "2026-02-07T22:30:00.500Z");
        row("two digits", "2026-02-07T22:30:00.05Z", "2026-02-07T22:30:00.050Z");
        row("comma", "2026-02-07T22:30:00,25Z", "2026-02-07T22:30:00.250Z");
        row("nanoseconds", "2026-02-07T22:30:00.123456789Z", "2026-02-07T22:30:00.123Z");
        row("thirty digits", "2026-02-07T22:30:00.999999999999999999999999999999Z",
            "2026-02-07T22:30:00.999Z");
        row("is not rounded", "2026-02-07T22:30:00.9996Z", "2026-02-07T22:30:00.999Z");
        row("nor into the next day", "2026-12-31T23:59:59.9999Z", "2026-12-31T23:59:59.999Z");
        row("nor down", "2026-02-07T22:30:00.0005Z", "2026-02-07T22:30:00.000Z");
        row("last second", "2026-02-07T23:59:59Z", "2026-02-07T23:59:59.000Z");
        row("end of a day", "2026-02-07T24:00:00Z", "2026-02-08T00:00:00.000Z");
        row("end of a year", "2026-12-31T24:00Z", "2027-01-01T00:00:00.000Z");
        row("end of a day with zeros", "2026-02-07T24:00:00.000Z", "2026-02-08T00:00:00.000Z");
        row("leap second", "2016-12-31T23:59:60Z", "2016-12-31T23:59:59.999Z");
        row("leap second in June", "2015-06-30T23:59:60.5Z", "2015-06-30T23:59:59.999Z");
        row("leap second elsewhere", "2017-01-01T08:59:60+09:00", "2016-12-31T23:59:59.999Z");
        row("leap second in the plain form", "2016-12-31T23:59:60.000Z", "2016-12-31T23:59:59.999Z");
        row("leap day", "2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000Z");
        row("leap day of a century", "2000-02-29T00:00:00Z", "2000-02-29T00:00:00.000Z");
        row("first", "1970-01-01T00:00:00.000Z", "1970-01-01T00:00:00.000Z");
        row("first elsewhere", "1969-12-31T23:00:00-01:00", "1970-01-01T00:00:00.000Z");
        row("last", "9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z");
    }

    void iso_isReadInAnyForm()
    {
        QFETCH(QString, text);
        QFETCH(QString, utc);
        const auto time = readIso(text);
        QVERIFY2(time.has_value(), time ? "" : qPrintable(time.error()));
        QCOMPARE(toIso(*time), utc);
        QCOMPARE(fromIso(utc), std::optional(*time));
    }

    void otherText_isRefusedAndSaysWhy_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("why");
        const auto row = [](const char* name, const char* text, const char* why) {
            QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(why);
        };
        row("empty", "", "does not begin with a date");
        row("words", "yesterday", "does not begin with a date");
        row("number", "1770132878714", "does not begin with a date");
        row("basic form", "20260207T223000Z", "does not begin with a date");
        row("five digits", "12026-02-07T22:30:00Z", "does not begin with a date");
        row("a year with a sign", "+2026-02-07T22:30:00Z", "does not begin with a date");
        row("a space before", " 2026-02-07T22:30:00Z", "does not begin with a date");
        row("one digit of a month", "2026-2-07T22:30:00Z", "does not begin with a date");
        row("week", "2026-W06-6T22:30:00Z", "does not begin with a date");
        row("digits of another script", "٢٠٢٦-02-07T22:30:00Z", "does not begin with a date");
        row("date alone", "2026-02-07", "no time of day");
        row("no T", "2026-02-07_22:30:00Z", "no T");
        row("no zone", "2026-02-07T22:30:00.000", "no zone");
        row("no zone and no seconds", "2026-02-07T22:30", "no zone");
        row("plus read as a space", "2026-02-07T22:30:00 01:00", "%2B");
        row("name of a zone", "2026-02-07T22:30:00CET", "neither Z nor an offset");
        row("no such month", "2026-13-01T00:00:00Z", "no month 13");
        row("month of nothing", "2026-00-01T00:00:00Z", "no month 00");
        row("no such day", "2026-02-30T00:00:00Z", "no day 30 in 2026-02, which has 28");
        row("no leap year", "2026-02-29T00:00:00Z", "no day 29 in 2026-02, which has 28");
        row("no leap year of a century", "2100-02-29T00:00:00Z", "which has 28");
        row("after a leap day", "2024-02-30T00:00:00Z", "which has 29");
        row("day of nothing", "2026-02-00T00:00:00Z", "no day 00");
        row("31st of a short month", "2026-04-31T00:00:00Z", "which has 30");
        row("no such hour", "2026-02-07T25:00:00Z", "no hour 25");
        row("no such minute", "2026-02-07T22:60:00Z", "no minute 60");
        row("no such second", "2026-02-07T22:30:61Z", "no second 61");
        row("after the end of a day", "2026-02-07T24:00:01Z", "24:00 is the end");
        row("minutes after the end of a day", "2026-02-07T24:01:00Z", "24:00 is the end");
        row("parts after the end of a day", "2026-02-07T24:00:00.0001Z", "24:00 is the end");
        row("second 60 within a month", "2026-02-07T23:59:60.000Z", "leap second");
        row("second 60 within a day", "2016-12-31T22:59:60Z", "leap second");
        row("second 60 not at midnight in UTC", "2016-12-31T23:59:60+01:00", "leap second");
        row("no digits of a second", "2026-02-07T22:30:00.Z", "no digit behind");
        row("one digit of an hour", "2026-02-07T2:30:00Z", "22:30:00.000");
        row("only an hour", "2026-02-07T22Z", "22:30:00.000");
        row("a colon too many", "2026-02-07T22:30:Z", "22:30:00.000");
        row("offset of a day", "2026-02-07T22:30:00+24:00", "no offset of 24:00");
        row("offset of 60 minutes", "2026-02-07T22:30:00+01:60", "no offset of 01:60");
        row("half an offset", "2026-02-07T22:30:00+1", "written as +01:00");
        row("offset without minutes", "2026-02-07T22:30:00+01:", "written as +01:00");
        row("offset of three digits", "2026-02-07T22:30:00+010", "written as +01:00");
        row("offset with a typographic minus", "2026-02-07T22:30:00−01:00", "neither Z nor");
        row("more behind", "2026-02-07T22:30:00Z!", "more behind its zone");
        row("more behind an offset", "2026-02-07T22:30:00+01:00Z", "more behind its zone");
        row("space behind", "2026-02-07T22:30:00Z ", "more behind its zone");
        row("before 1970", "1969-12-31T23:59:59Z", "years 1970 to 9999");
        row("before 1970 in the plain form", "1969-12-31T23:59:59.999Z", "years 1970 to 9999");
        row("in UTC, before 1970", "1970-01-01T00:00:00+00:01", "years 1970 to 9999");
        row("year 0", "0000-01-01T00:00:00.000Z", "years 1970 to 9999");
        row("in UTC, after 9999", "9999-12-31T23:59:59-14:00", "years 1970 to 9999");
        row("the end of 9999", "9999-12-31T24:00:00Z", "years 1970 to 9999");
    }

    void otherText_isRefusedAndSaysWhy()
    {
        QFETCH(QString, text);
        QFETCH(QString, why);
        const auto time = readIso(text);
        QVERIFY(!time.has_value());
        QVERIFY2(time.error().contains(why), qPrintable(time.error()));
        QVERIFY(!fromIso(text).has_value());
    }

    void time_isTakenAsLateAsMayBe()
    {
        const Timestamp latest = *fromIso(u"2026-02-07T22:35:00.000Z");
        const auto read = [latest](Timestamp time) {
            Problems problems;
            ObjectReader reader({{QStringLiteral("t"), toIso(time)}}, problems);
            const auto given = reader.timestamp(QLatin1String("t"), Presence::Required, latest);
            return given ? QString() : problems.toError(QString()).details.join(QLatin1Char(';'));
        };
        QCOMPARE(read(latest), QString());
        QCOMPARE(read(latest + std::chrono::milliseconds(1)),
                 QStringLiteral("t: is more than 5 minutes ahead of the server's clock"));
    }
};

PRISM_APPLESS_TEST(TimestampTest)

} // namespace tst_timestamp

#include "tst_timestamp.moc"
