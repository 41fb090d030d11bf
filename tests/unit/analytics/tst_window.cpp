#include "server/analytics/day_start.h"
#include "server/analytics/window.h"
#include "tests/support/test_program.h"

#include <QDateTime>
#include <QTest>

namespace tst_window {

using namespace prism::analytics;
using namespace std::chrono_literals;
using prism::protocol::fromIso;
using prism::protocol::toIso;

namespace {

Timestamp time(const QString& iso)
{
    return *fromIso(iso);
}

} // namespace

class WindowTest : public QObject
{
    Q_OBJECT

private slots:
    void period_liesInCalendarDaysOfTheZone_data()
    {
        QTest::addColumn<QString>("zone");
        QTest::addColumn<int>("period");
        QTest::addColumn<QString>("now");
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::addColumn<QString>("previousFrom");
        QTest::addColumn<QString>("previousTo");
        const auto row = [](const char* name, const char* zone, Period period, const char* now,
                            const char* from, const char* to, const char* previousFrom,
                            const char* previousTo) {
            QTest::newRow(name) << zone << int(period) << now << from << to << previousFrom << previousTo;
        };
        row("today", "UTC", Period::Today, "2026-02-07T22:30:00Z", "2026-02-07T00:00:00.000Z",
            "2026-02-08T00:00:00.000Z", "2026-01-31T00:00:00.000Z", "2026-01-31T22:30:00.001Z");
        row("week", "UTC", Period::Week, "2026-02-07T22:30:00Z", "2026-02-01T00:00:00.000Z",
            "2026-02-08T00:00:00.000Z", "2026-01-25T00:00:00.000Z", "2026-01-31T22:30:00.001Z");
        row("month over a year's end", "UTC", Period::Month, "2026-01-10T12:00:00Z",
            "2025-12-12T00:00:00.000Z", "2026-01-11T00:00:00.000Z", "2025-11-07T00:00:00.000Z",
            "2025-12-06T12:00:00.001Z");
        row("year", "UTC", Period::Year, "2026-01-01T00:00:00Z", "2025-01-02T00:00:00.000Z",
            "2026-01-02T00:00:00.000Z", "2023-12-28T00:00:00.000Z", "2024-12-26T00:00:00.001Z");
        row("east", "Asia/Shanghai", Period::Today, "2026-02-07T17:00:00Z", "2026-02-07T16:00:00.000Z",
            "2026-02-08T16:00:00.000Z", "2026-01-31T16:00:00.000Z", "2026-01-31T17:00:00.001Z");
        row("half an hour", "Asia/Kolkata", Period::Today, "2026-02-07T12:00:00Z", "2026-02-06T18:30:00.000Z",
            "2026-02-07T18:30:00.000Z", "2026-01-30T18:30:00.000Z", "2026-01-31T12:00:00.001Z");
        row("day of 23 hours", "Europe/Berlin", Period::Today, "2026-03-29T12:00:00Z",
            "2026-03-28T23:00:00.000Z", "2026-03-29T22:00:00.000Z", "2026-03-21T23:00:00.000Z",
            "2026-03-22T13:00:00.001Z");
        row("day of 25 hours", "Europe/Berlin", Period::Today, "2026-10-25T12:00:00Z",
            "2026-10-24T22:00:00.000Z", "2026-10-25T23:00:00.000Z", "2026-10-17T22:00:00.000Z",
            "2026-10-18T11:00:00.001Z");
        row("three quarters of an hour", "Asia/Kathmandu", Period::Today, "2026-02-07T12:00:00Z",
            "2026-02-06T18:15:00.000Z", "2026-02-07T18:15:00.000Z", "2026-01-30T18:15:00.000Z",
            "2026-01-31T12:00:00.001Z");
        row("day of 25 hours, three quarters", "Pacific/Chatham", Period::Today, "2026-04-05T02:00:00Z",
            "2026-04-04T10:15:00.000Z", "2026-04-05T11:15:00.000Z", "2026-03-28T10:15:00.000Z",
            "2026-03-29T01:00:00.001Z");
        row("day of 23 and a half hours", "Australia/Lord_Howe", Period::Today, "2026-10-04T00:00:00Z",
            "2026-10-03T13:30:00.000Z", "2026-10-04T13:00:00.000Z", "2026-09-26T13:30:00.000Z",
            "2026-09-27T00:30:00.001Z");
        row("day of 24 and a half hours", "Australia/Lord_Howe", Period::Today, "2026-04-05T03:00:00Z",
            "2026-04-04T13:00:00.000Z", "2026-04-05T13:30:00.000Z", "2026-03-28T13:00:00.000Z",
            "2026-03-29T02:30:00.001Z");
        row("midnight left out", "America/Sao_Paulo", Period::Today, "2018-11-04T12:00:00Z",
            "2018-11-04T03:00:00.000Z", "2018-11-05T02:00:00.000Z", "2018-10-28T03:00:00.000Z",
            "2018-10-28T13:00:00.001Z");
        row("midnight twice, between the two", "America/Havana", Period::Today, "2023-11-05T04:30:00Z",
            "2023-11-05T04:00:00.000Z", "2023-11-06T05:00:00.000Z", "2023-10-29T04:00:00.000Z",
            "2023-10-29T04:30:00.001Z");
        row("midnight twice, a week with it", "America/Havana", Period::Week, "2023-11-08T12:00:00Z",
            "2023-11-02T04:00:00.000Z", "2023-11-09T05:00:00.000Z", "2023-10-26T04:00:00.000Z",
            "2023-11-01T11:00:00.001Z");
        row("same time left out the week before", "Europe/Berlin", Period::Today, "2026-04-05T00:30:00Z",
            "2026-04-04T22:00:00.000Z", "2026-04-05T22:00:00.000Z", "2026-03-28T23:00:00.000Z",
            "2026-03-29T01:30:00.001Z");
        row("same time twice the week before", "Europe/Berlin", Period::Today, "2026-11-01T01:30:00Z",
            "2026-10-31T23:00:00.000Z", "2026-11-01T23:00:00.000Z", "2026-10-24T22:00:00.000Z",
            "2026-10-25T01:30:00.001Z");
        row("last hour of a day of 25", "Europe/Berlin", Period::Today, "2026-10-25T22:30:00Z",
            "2026-10-24T22:00:00.000Z", "2026-10-25T23:00:00.000Z", "2026-10-17T22:00:00.000Z",
            "2026-10-18T21:30:00.001Z");
        row("week over a clock change", "Europe/Berlin", Period::Week, "2026-04-01T10:00:00Z",
            "2026-03-25T23:00:00.000Z", "2026-04-01T22:00:00.000Z", "2026-03-18T23:00:00.000Z",
            "2026-03-25T11:00:00.001Z");
        row("week over a change of the zone itself", "Europe/Moscow", Period::Week, "2014-10-28T10:00:00Z",
            "2014-10-21T20:00:00.000Z", "2014-10-28T21:00:00.000Z", "2014-10-14T20:00:00.000Z",
            "2014-10-21T09:00:00.001Z");
        row("week with a day left out", "Pacific/Apia", Period::Week, "2012-01-02T10:00:00Z",
            "2011-12-28T10:00:00.000Z", "2012-01-03T10:00:00.000Z", "2011-12-21T10:00:00.000Z",
            "2011-12-27T10:00:00.001Z");
        row("leap day", "UTC", Period::Today, "2028-02-29T10:00:00Z", "2028-02-29T00:00:00.000Z",
            "2028-03-01T00:00:00.000Z", "2028-02-22T00:00:00.000Z", "2028-02-22T10:00:00.001Z");
        row("day after a leap day", "UTC", Period::Today, "2028-03-01T10:00:00Z", "2028-03-01T00:00:00.000Z",
            "2028-03-02T00:00:00.000Z", "2028-02-23T00:00:00.000Z", "2028-02-23T10:00:00.001Z");
        row("year with a leap day", "UTC", Period::Year, "2028-12-31T10:00:00Z", "2028-01-02T00:00:00.000Z",
            "2029-01-01T00:00:00.000Z", "2026-12-27T00:00:00.000Z", "2027-12-26T10:00:00.001Z");
        row("week over a year's end, east of it", "Pacific/Kiritimati", Period::Week, "2025-12-31T12:00:00Z",
            "2025-12-25T10:00:00.000Z", "2026-01-01T10:00:00.000Z", "2025-12-18T10:00:00.000Z",
            "2025-12-24T12:00:00.001Z");
        row("last moment of a year", "America/New_York", Period::Today, "2026-01-01T04:59:59.999Z",
            "2025-12-31T05:00:00.000Z", "2026-01-01T05:04:59.999Z", "2025-12-24T05:00:00.000Z",
            "2025-12-25T05:00:00.000Z");
        row("first moment of a year", "America/New_York", Period::Today, "2026-01-01T05:00:00Z",
            "2026-01-01T05:00:00.000Z", "2026-01-02T05:00:00.000Z", "2025-12-25T05:00:00.000Z",
            "2025-12-25T05:00:00.001Z");
        row("five minutes ahead", "UTC", Period::Today, "2026-02-07T23:58:00Z", "2026-02-07T00:00:00.000Z",
            "2026-02-08T00:03:00.000Z", "2026-01-31T00:00:00.000Z", "2026-01-31T23:58:00.001Z");
    }

    void period_liesInCalendarDaysOfTheZone()
    {
        QFETCH(QString, zone);
        QFETCH(int, period);
        QFETCH(QString, now);
        QFETCH(QString, from);
        QFETCH(QString, to);
        QFETCH(QString, previousFrom);
        QFETCH(QString, previousTo);
        const Window window = Window::make(Period(period), time(now), QTimeZone(zone.toUtf8()), false);
        QCOMPARE(toIso(window.span.from), from);
        QCOMPARE(toIso(window.span.to), to);
        QVERIFY(window.previous.has_value());
        QCOMPARE(toIso(window.previous->from), previousFrom);
        QCOMPARE(toIso(window.previous->to), previousTo);
    }

    void all_isComparedWithNothing()
    {
        const Window window =
            Window::make(Period::All, time(QStringLiteral("2026-02-07T22:30:00Z")), QTimeZone::utc(), false);
        QCOMPARE(toIso(window.span.from), QStringLiteral("1970-01-01T00:00:00.000Z"));
        QVERIFY(!window.previous.has_value());
    }

    /// The same weekdays, as many, and no overlap.
    void previous_isWholeWeeksBefore()
    {
        const Timestamp now = time(QStringLiteral("2026-02-07T22:30:00Z"));
        for (const auto& [period, days] : {std::pair(Period::Today, 7), std::pair(Period::Week, 7),
                                           std::pair(Period::Month, 35), std::pair(Period::Year, 371)}) {
            const Window window = Window::make(period, now, QTimeZone::utc(), false);
            QCOMPARE(window.span.from - window.previous->from, std::chrono::days(days));
            QCOMPARE(now + 1ms - window.previous->to, std::chrono::days(days));
            QVERIFY(window.previous->to <= window.span.from);
            const Window before = window.before();
            QCOMPARE(int(before.period), int(period));
            QCOMPARE(before.span, *window.previous);
            QCOMPARE(elapsed(before), *window.previous);
            QCOMPARE(elapsed(window), (Span{window.span.from, now + 1ms}));
        }
    }

    void atAMoment_nothingBehindItCounts()
    {
        const Timestamp at = time(QStringLiteral("2026-02-07T22:30:00Z"));
        QCOMPARE(Window::make(Period::Week, at, QTimeZone::utc(), true).span.to, at + 1ms);
    }

    void buckets_coverTheWindowUpToNow_data()
    {
        QTest::addColumn<QString>("zone");
        QTest::addColumn<int>("period");
        QTest::addColumn<QString>("now");
        QTest::addColumn<int>("count");
        QTest::addColumn<QString>("first");
        QTest::addColumn<QString>("last");
        const auto row = [](const char* name, const char* zone, Period period, const char* now, int count,
                            const char* first, const char* last) {
            QTest::newRow(name) << zone << int(period) << now << count << first << last;
        };
        row("hours", "UTC", Period::Today, "2026-02-07T22:30:00Z", 23, "2026-02-07T00:00:00.000Z",
            "2026-02-07T22:00:00.000Z");
        row("23 hours", "Europe/Berlin", Period::Today, "2026-03-29T21:59:00Z", 23,
            "2026-03-28T23:00:00.000Z", "2026-03-29T21:00:00.000Z");
        row("25 hours", "Europe/Berlin", Period::Today, "2026-10-25T22:59:00Z", 25,
            "2026-10-24T22:00:00.000Z", "2026-10-25T22:00:00.000Z");
        row("days", "UTC", Period::Week, "2026-02-07T22:30:00Z", 7, "2026-02-01T00:00:00.000Z",
            "2026-02-07T00:00:00.000Z");
        row("days over a clock change", "Europe/Berlin", Period::Week, "2026-03-30T10:00:00Z", 7,
            "2026-03-23T23:00:00.000Z", "2026-03-29T22:00:00.000Z");
        row("23 and a half hours", "Australia/Lord_Howe", Period::Today, "2026-10-04T12:59:00Z", 24,
            "2026-10-03T13:30:00.000Z", "2026-10-04T12:30:00.000Z");
        row("24 and a half hours", "Australia/Lord_Howe", Period::Today, "2026-04-05T13:29:00Z", 25,
            "2026-04-04T13:00:00.000Z", "2026-04-05T13:00:00.000Z");
        row("hours from a midnight left out", "America/Sao_Paulo", Period::Today, "2018-11-05T01:59:00Z", 23,
            "2018-11-04T03:00:00.000Z", "2018-11-05T01:00:00.000Z");
        row("hours from the first of two midnights", "America/Havana", Period::Today, "2023-11-06T04:59:00Z",
            25, "2023-11-05T04:00:00.000Z", "2023-11-06T04:00:00.000Z");
        row("days, one left out", "Pacific/Apia", Period::Week, "2012-01-02T10:00:00Z", 6,
            "2011-12-28T10:00:00.000Z", "2012-01-02T10:00:00.000Z");
        row("days over a leap day", "Asia/Kathmandu", Period::Week, "2028-03-02T10:00:00Z", 7,
            "2028-02-24T18:15:00.000Z", "2028-03-01T18:15:00.000Z");
        row("days over a year's end", "America/New_York", Period::Month, "2026-01-10T10:00:00Z", 30,
            "2025-12-12T05:00:00.000Z", "2026-01-10T05:00:00.000Z");
        row("weeks", "UTC", Period::Year, "2026-02-07T22:30:00Z", 53, "2025-02-08T00:00:00.000Z",
            "2026-02-07T00:00:00.000Z");
        row("months", "UTC", Period::All, "2026-02-07T22:30:00Z", 4, "2025-11-01T00:00:00.000Z",
            "2026-02-01T00:00:00.000Z");
    }

    void buckets_coverTheWindowUpToNow()
    {
        QFETCH(QString, zone);
        QFETCH(int, period);
        QFETCH(QString, now);
        QFETCH(int, count);
        QFETCH(QString, first);
        QFETCH(QString, last);
        const QTimeZone timeZone(zone.toUtf8());
        const Window window = Window::make(Period(period), time(now), timeZone, false);
        const auto starts = bucketStarts(window, time(QStringLiteral("2025-11-15T08:00:00Z")), timeZone);
        QCOMPARE(int(starts.size()), count);
        QCOMPARE(toIso(starts.front()), first);
        QCOMPARE(toIso(starts.back()), last);
    }

    void withoutData_allHasTheRunningMonth()
    {
        const Window window =
            Window::make(Period::All, time(QStringLiteral("2026-02-07T22:30:00Z")), QTimeZone::utc(), false);
        QCOMPARE(bucketStarts(window, std::nullopt, QTimeZone::utc()).size(), 1U);
    }

    /// One entry with a wrong year makes nobody's chart endless.
    void historyOfManyCenturies_hasYears()
    {
        const Timestamp now = time(QStringLiteral("2026-02-07T22:30:00Z"));
        const Window window = Window::make(Period::All, now, QTimeZone::utc(), false);
        const Timestamp earliest =
            time(QStringLiteral("1970-06-01T00:00:00Z")) - std::chrono::hours(24 * 365 * 400);
        const auto starts = bucketStarts(window, earliest, QTimeZone::utc());
        QVERIFY(starts.size() > 450 && starts.size() < 460);
        QVERIFY(starts.front() <= earliest);
        QCOMPARE(starts.back(), time(QStringLiteral("2026-01-01T00:00:00Z")));
        QCOMPARE(bucketStarts(window, time(QStringLiteral("1970-01-01T00:00:00Z")), QTimeZone::utc()).size(),
                 674U);
    }

    /// Whatever a zone did to its clocks: each day follows on the one before and begins where its date does.
    void days_followOnEachOther_data()
    {
        QTest::addColumn<QString>("zone");
        for (const char* zone : {"UTC",
                                 "Europe/Berlin",
                                 "Europe/Moscow",
                                 "Europe/Dublin",
                                 "Asia/Kolkata",
                                 "Asia/Kathmandu",
                                 "Asia/Pyongyang",
                                 "Asia/Tehran",
                                 "Africa/Cairo",
                                 "Africa/Casablanca",
                                 "America/Havana",
                                 "America/Sao_Paulo",
                                 "America/Asuncion",
                                 "America/Caracas",
                                 "America/St_Johns",
                                 "America/Nuuk",
                                 "Australia/Lord_Howe",
                                 "Pacific/Chatham",
                                 "Pacific/Apia",
                                 "Pacific/Kiritimati"})
            QTest::newRow(zone) << QString::fromLatin1(zone);
    }

    void days_followOnEachOther()
    {
        QFETCH(QString, zone);
        const QTimeZone timeZone(zone.toUtf8());
        QVERIFY(timeZone.isValid());
        const auto dateOf = [&](Timestamp t) {
            return QDateTime::fromMSecsSinceEpoch(prism::protocol::toMillis(t), timeZone).date();
        };
        Timestamp last = dayStart(QDate(2006, 12, 31), timeZone);
        for (QDate day(2007, 1, 1); day.year() < 2027; day = day.addDays(1)) {
            const Timestamp start = dayStart(day, timeZone);
            const bool isLeftOut = dateOf(start) != day;
            QVERIFY2(!isLeftOut || dayStart(day.addDays(1), timeZone) == start, qPrintable(day.toString()));
            QVERIFY2(start > last, qPrintable(day.toString()));
            QVERIFY2(dateOf(start - 1ms) < day, qPrintable(day.toString()));
            last = isLeftOut ? last : start;
        }
    }

    void everyTime_hasItsBucket()
    {
        const std::vector<Timestamp> starts{Timestamp(10ms), Timestamp(20ms)};
        QVERIFY(!bucketOf(starts, Timestamp(9ms)).has_value());
        QCOMPARE(bucketOf(starts, Timestamp(10ms)), std::optional<std::size_t>(0));
        QCOMPARE(bucketOf(starts, Timestamp(19ms)), std::optional<std::size_t>(0));
        QCOMPARE(bucketOf(starts, Timestamp(99ms)), std::optional<std::size_t>(1));
    }
};

PRISM_APPLESS_TEST(WindowTest)

} // namespace tst_window

#include "tst_window.moc"
