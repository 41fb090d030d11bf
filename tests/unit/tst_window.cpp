#include "server/analytics/window.h"

#include <QDateTime>
#include <QTest>

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
            "2026-02-08T00:00:00.000Z", "2026-02-06T00:00:00.000Z", "2026-02-06T22:30:00.001Z");
        row("week", "UTC", Period::Week, "2026-02-07T22:30:00Z", "2026-02-01T00:00:00.000Z",
            "2026-02-08T00:00:00.000Z", "2026-01-25T00:00:00.000Z", "2026-02-01T00:00:00.000Z");
        row("month over a year's end", "UTC", Period::Month, "2026-01-10T12:00:00Z",
            "2025-12-12T00:00:00.000Z", "2026-01-11T00:00:00.000Z", "2025-11-12T00:00:00.000Z",
            "2025-12-12T00:00:00.000Z");
        row("year", "UTC", Period::Year, "2026-01-01T00:00:00Z", "2025-01-02T00:00:00.000Z",
            "2026-01-02T00:00:00.000Z", "2024-01-03T00:00:00.000Z", "2025-01-02T00:00:00.000Z");
        row("east", "Asia/Shanghai", Period::Today, "2026-02-07T17:00:00Z", "2026-02-07T16:00:00.000Z",
            "2026-02-08T16:00:00.000Z", "2026-02-06T16:00:00.000Z", "2026-02-06T17:00:00.001Z");
        row("half an hour", "Asia/Kolkata", Period::Today, "2026-02-07T12:00:00Z", "2026-02-06T18:30:00.000Z",
            "2026-02-07T18:30:00.000Z", "2026-02-05T18:30:00.000Z", "2026-02-06T12:00:00.001Z");
        row("day of 23 hours", "Europe/Berlin", Period::Today, "2026-03-29T12:00:00Z",
            "2026-03-28T23:00:00.000Z", "2026-03-29T22:00:00.000Z", "2026-03-27T23:00:00.000Z",
            "2026-03-28T13:00:00.001Z");
        row("day of 25 hours", "Europe/Berlin", Period::Today, "2026-10-25T12:00:00Z",
            "2026-10-24T22:00:00.000Z", "2026-10-25T23:00:00.000Z", "2026-10-23T22:00:00.000Z",
            "2026-10-24T11:00:00.001Z");
        row("five minutes ahead", "UTC", Period::Today, "2026-02-07T23:58:00Z", "2026-02-07T00:00:00.000Z",
            "2026-02-08T00:03:00.000Z", "2026-02-06T00:00:00.000Z", "2026-02-06T23:58:00.001Z");
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

    void everyTime_hasItsBucket()
    {
        const std::vector<Timestamp> starts{Timestamp(10ms), Timestamp(20ms)};
        QVERIFY(!bucketOf(starts, Timestamp(9ms)).has_value());
        QCOMPARE(bucketOf(starts, Timestamp(10ms)), std::optional<std::size_t>(0));
        QCOMPARE(bucketOf(starts, Timestamp(19ms)), std::optional<std::size_t>(0));
        QCOMPARE(bucketOf(starts, Timestamp(99ms)), std::optional<std::size_t>(1));
    }
};

QTEST_APPLESS_MAIN(WindowTest)
#include "tst_window.moc"
