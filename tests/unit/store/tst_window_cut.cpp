#include "server/store/rollups/window_cut.h"
#include "tests/support/test_program.h"

#include <QTest>

namespace tst_window_cut {

using namespace prism::store;
using namespace prism::protocol;
using namespace Qt::StringLiterals;
using prism::analytics::Span;

namespace {

Span span(QStringView from, QStringView to)
{
    return {*fromIso(from), *fromIso(to)};
}

QString textOf(const Span& span)
{
    return isEmpty(span) ? u"nothing"_s : toIso(span.from) + u" to "_s + toIso(span.to);
}

} // namespace

/// Of what a span is made.
class WindowCutTest : public QObject
{
    Q_OBJECT

private slots:
    void parts_coverTheSpanOnce_data()
    {
        QTest::addColumn<QByteArray>("zone");
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::addColumn<QString>("rowsBefore");
        QTest::addColumn<QString>("quartersBefore");
        QTest::addColumn<QString>("days");
        QTest::addColumn<QString>("quartersAfter");
        QTest::addColumn<QString>("rowsAfter");
        const QString none = u"nothing"_s;
        const auto row = [](const char* name, const char* zone, const QStringList& columns) {
            QTest::newRow(name) << QByteArray(zone) << columns[0] << columns[1] << columns[2] << columns[3]
                                << columns[4] << columns[5] << columns[6];
        };
        row("a day", "UTC",
            {u"2026-03-27T00:00:00Z"_s, u"2026-03-28T00:00:00Z"_s, none, none,
             u"2026-03-27T00:00:00.000Z to 2026-03-28T00:00:00.000Z"_s, none, none});
        row("within a quarter", "UTC",
            {u"2026-03-27T00:01:00Z"_s, u"2026-03-27T00:14:59Z"_s,
             u"2026-03-27T00:01:00.000Z to 2026-03-27T00:14:59.000Z"_s, none, none, none, none});
        row("about a quarter's edge", "UTC",
            {u"2026-03-27T00:14:59Z"_s, u"2026-03-27T00:15:01Z"_s,
             u"2026-03-27T00:14:59.000Z to 2026-03-27T00:15:00.000Z"_s, none, none, none,
             u"2026-03-27T00:15:00.000Z to 2026-03-27T00:15:01.000Z"_s});
        row("two half days", "UTC",
            {u"2026-03-27T12:00:00Z"_s, u"2026-03-28T12:00:00Z"_s, none,
             u"2026-03-27T12:00:00.000Z to 2026-03-28T12:00:00.000Z"_s, none, none, none});
        row("everything at once", "UTC",
            {u"2026-03-26T23:44:59.999Z"_s, u"2026-03-29T00:30:00.001Z"_s,
             u"2026-03-26T23:44:59.999Z to 2026-03-26T23:45:00.000Z"_s,
             u"2026-03-26T23:45:00.000Z to 2026-03-27T00:00:00.000Z"_s,
             u"2026-03-27T00:00:00.000Z to 2026-03-29T00:00:00.000Z"_s,
             u"2026-03-29T00:00:00.000Z to 2026-03-29T00:30:00.000Z"_s,
             u"2026-03-29T00:30:00.000Z to 2026-03-29T00:30:00.001Z"_s});
        row("the day with 23 hours", "Europe/Paris",
            {u"2026-03-28T23:00:00Z"_s, u"2026-03-29T22:00:00Z"_s, none, none,
             u"2026-03-28T23:00:00.000Z to 2026-03-29T22:00:00.000Z"_s, none, none});
        row("days three quarters off", "Asia/Kathmandu",
            {u"2026-03-27T18:00:00Z"_s, u"2026-03-28T18:30:00Z"_s, none,
             u"2026-03-27T18:00:00.000Z to 2026-03-27T18:15:00.000Z"_s,
             u"2026-03-27T18:15:00.000Z to 2026-03-28T18:15:00.000Z"_s,
             u"2026-03-28T18:15:00.000Z to 2026-03-28T18:30:00.000Z"_s, none});
        row("nothing", "UTC",
            {u"2026-03-27T12:00:00Z"_s, u"2026-03-27T12:00:00Z"_s, none, none, none, none, none});
    }

    void parts_coverTheSpanOnce()
    {
        QFETCH(const QByteArray, zone);
        QFETCH(const QString, from);
        QFETCH(const QString, to);
        WindowCut cut{QTimeZone(zone)};
        const WindowCut::Parts parts = cut.parts(span(from, to));
        const WindowCut::Buckets buckets = cut.buckets(parts.whole);
        QTEST(textOf(parts.rowsBefore), "rowsBefore");
        QTEST(textOf(buckets.quartersBefore), "quartersBefore");
        QTEST(textOf(buckets.days), "days");
        QTEST(textOf(buckets.quartersAfter), "quartersAfter");
        QTEST(textOf(parts.rowsAfter), "rowsAfter");
        QVERIFY(!cut.isApproximate());
    }

    void edgesBeforeWhatIsKept_areWholeHours()
    {
        WindowCut cut{QTimeZone::utc()};
        cut.begin(*fromIso(u"2026-03-27T10:00:00Z"));
        const Span kept = span(u"2026-03-27T10:00:00Z", u"2026-03-27T10:20:00Z");
        QVERIFY(cut.parts(kept).rowsAfter.to == kept.to);
        QVERIFY(!cut.isApproximate());
        // A quarter's edge is one, kept or not.
        (void)cut.parts(span(u"2026-03-27T08:45:00Z", u"2026-03-27T09:30:00Z"));
        QVERIFY(!cut.isApproximate());
        const WindowCut::Parts parts = cut.parts(span(u"2026-03-27T08:50:00Z", u"2026-03-27T09:59:59Z"));
        QVERIFY(cut.isApproximate());
        QVERIFY(!parts.needRows());
        QCOMPARE(textOf(parts.whole), u"2026-03-27T08:00:00.000Z to 2026-03-27T09:00:00.000Z"_s);
        cut.begin(Timestamp());
        QVERIFY(!cut.isApproximate());
    }

    void storedDay_isAWholeOneOfItsZone()
    {
        WindowCut cut{QTimeZone("Europe/Paris")};
        QVERIFY(cut.isStoredDay(span(u"2026-03-28T23:00:00Z", u"2026-03-29T22:00:00Z")));
        QVERIFY(!cut.isStoredDay(span(u"2026-03-29T00:00:00Z", u"2026-03-30T00:00:00Z")));
        QVERIFY(!cut.isStoredDay(span(u"2026-03-28T23:00:00Z", u"2026-03-29T23:00:00Z")));
    }
};

PRISM_APPLESS_TEST(WindowCutTest)

} // namespace tst_window_cut

#include "tst_window_cut.moc"
