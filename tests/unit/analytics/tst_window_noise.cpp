#include "server/analytics/day_start.h"
#include "server/analytics/window_noise.h"
#include "tests/support/test_program.h"

#include <QDateTime>
#include <QTest>

#include <functional>

namespace tst_window_noise {

using namespace prism::analytics;
using namespace prism::statistics;
using prism::protocol::Check;
using prism::protocol::fromIso;
using prism::protocol::Result;
using prism::protocol::toIso;

namespace {

using Make = std::function<void(const Span&, Rollup&)>;

/// Remembers what was asked for; what it answers is made for each span. Of the rest it knows nothing.
class MadeUpSource : public Source
{
public:
    explicit MadeUpSource(std::optional<Timestamp> first, Make make)
        : m_first(first)
        , m_make(std::move(make))
    {
    }

    Result<RollupPtr> rollup(const Span& span) override
    {
        asked.push_back(span);
        Rollup rollup;
        m_make(span, rollup);
        return std::make_shared<const Rollup>(std::move(rollup));
    }
    Result<Distinct> userDays(const Span& span) override
    {
        Rollup rollup;
        m_make(span, rollup);
        return Distinct{double(rollup.users().count()), false};
    }
    Result<std::optional<Timestamp>> earliest() override { return m_first; }
    Result<std::vector<PrincipleCount>> topPrinciples(const Span&, std::size_t) override { return {}; }
    Result<std::vector<Figures>> figures(const std::vector<Timestamp>&, Timestamp) override { return {}; }
    Result<std::vector<Distinct>> users(const std::vector<Timestamp>&, Timestamp) override { return {}; }
    Result<std::vector<Times>> times(const std::vector<Timestamp>&, Timestamp) override { return {}; }
    bool isApproximate() const override { return false; }

    std::vector<Span> asked;

private:
    std::optional<Timestamp> m_first;
    Make m_make;
};

Timestamp time(const QString& iso)
{
    return *fromIso(iso);
}

/// So many checks of 10 ms, each of another person, in five sessions at most.
void addChecks(int count, Rollup& rollup)
{
    for (int i = 0; i < count; ++i) {
        Check check;
        check.duration = 10;
        check.user = QString::number(i);
        check.session = QString::number(i % 5);
        rollup.add(check, false);
    }
}

const Noise& noiseOf(const WindowNoise& noise, const char* name)
{
    return noise.numbers[numberIndex(QLatin1String(name))];
}

} // namespace

/// How much numbers usually differ, by the days before.
class WindowNoiseTest : public QObject
{
    Q_OBJECT

private slots:
    void spans_areThoseBeforeTheWindow_data()
    {
        QTest::addColumn<int>("period");
        QTest::addColumn<QString>("now");
        QTest::addColumn<int>("spans");
        QTest::addColumn<int>("pairs");
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::addColumn<QString>("last");
        const auto row = [](const char* name, Period period, const char* now, int spans, int pairs,
                            const char* from, const char* to, const char* last) {
            QTest::newRow(name) << int(period) << now << spans << pairs << from << to << last;
        };
        row("today, to the last full quarter", Period::Today, "2026-02-07T13:29:59Z", 63, 56,
            "2025-12-06T00:00:00.000Z", "2025-12-06T13:15:00.000Z", "2026-02-06T13:15:00.000Z");
        row("today, on the quarter", Period::Today, "2026-02-07T13:30:00Z", 63, 56,
            "2025-12-06T00:00:00.000Z", "2025-12-06T13:30:00.000Z", "2026-02-06T13:30:00.000Z");
        row("week", Period::Week, "2026-02-07T13:29:59Z", 63, 56, "2025-11-30T00:00:00.000Z",
            "2025-12-01T00:00:00.000Z", "2026-02-01T00:00:00.000Z");
        row("month", Period::Month, "2026-02-07T13:29:59Z", 63, 56, "2025-11-07T00:00:00.000Z",
            "2025-11-08T00:00:00.000Z", "2026-01-09T00:00:00.000Z");
        row("year, by weeks", Period::Year, "2026-02-07T13:29:59Z", 27, 26, "2024-08-03T00:00:00.000Z",
            "2024-08-10T00:00:00.000Z", "2025-02-08T00:00:00.000Z");
    }

    void spans_areThoseBeforeTheWindow()
    {
        QFETCH(int, period);
        QFETCH(QString, now);
        MadeUpSource source(time(QStringLiteral("2020-01-01T00:00:00Z")),
                            [](const Span&, Rollup& rollup) { addChecks(5, rollup); });
        const Window window = Window::make(Period(period), time(now), QTimeZone::utc(), false);
        const auto noise = measureNoise(source, window, QTimeZone::utc());
        QVERIFY(noise.has_value());
        QTEST(int(source.asked.size()), "spans");
        QTEST(noiseOf(*noise, "totalChecks").pairs(), "pairs");
        QTEST(toIso(source.asked.front().from), "from");
        QTEST(toIso(source.asked.front().to), "to");
        QTEST(toIso(source.asked.back().to), "last");
        QVERIFY(source.asked.back().to <= window.span.from);
    }

    /// In local time, whatever the clocks do.
    void today_isCutAtTheSameLocalTime()
    {
        const QTimeZone berlin("Europe/Berlin");
        MadeUpSource source(time(QStringLiteral("2020-01-01T00:00:00Z")), [](const Span&, Rollup&) {});
        const Window window =
            Window::make(Period::Today, time(QStringLiteral("2026-04-05T12:20:00Z")), berlin, false);
        QVERIFY(measureNoise(source, window, berlin).has_value());
        QCOMPARE(source.asked.size(), std::size_t(63));
        for (const Span& day : source.asked) {
            const QDateTime from = prism::protocol::toDateTime(day.from).toTimeZone(berlin);
            const QDateTime to = prism::protocol::toDateTime(day.to).toTimeZone(berlin);
            QCOMPARE(from.time(), QTime(0, 0));
            QCOMPARE(to.time(), QTime(14, 15));
            QCOMPARE(to.date(), from.date());
        }
    }

    void today_beforeTheFirstQuarter_knowsNothing()
    {
        MadeUpSource source(
            time(QStringLiteral("2020-01-01T00:00:00Z")),
            [](const Span& span, Rollup& rollup) { addChecks(span.from < span.to ? 5 : 0, rollup); });
        const Window window = Window::make(Period::Today, time(QStringLiteral("2026-02-07T00:14:00Z")),
                                           QTimeZone::utc(), false);
        const auto noise = measureNoise(source, window, QTimeZone::utc());
        QVERIFY(!noiseOf(*noise, "totalChecks").isKnown());
    }

    void days_countFromTheFirstWholeOneOn_data()
    {
        QTest::addColumn<QString>("earliest");
        QTest::addColumn<int>("pairs");
        QTest::newRow("nothing") << QString() << 0;
        QTest::newRow("all") << QStringLiteral("2025-11-29T00:00:00Z") << 56;
        QTest::newRow("all but a part of the first") << QStringLiteral("2025-11-30T00:00:00Z") << 55;
        QTest::newRow("three weeks and a day") << QStringLiteral("2026-01-10T00:00:00Z") << 14;
        QTest::newRow("three weeks") << QStringLiteral("2026-01-11T00:00:00Z") << 13;
        QTest::newRow("a week") << QStringLiteral("2026-01-25T00:00:00Z") << 0;
    }

    void days_countFromTheFirstWholeOneOn()
    {
        QFETCH(QString, earliest);
        MadeUpSource source(earliest.isEmpty() ? std::nullopt : std::optional(time(earliest)),
                            [](const Span&, Rollup& rollup) { addChecks(5, rollup); });
        const Window window =
            Window::make(Period::Week, time(QStringLiteral("2026-02-07T13:29:59Z")), QTimeZone::utc(), false);
        const auto noise = measureNoise(source, window, QTimeZone::utc());
        QTEST(noiseOf(*noise, "totalChecks").pairs(), "pairs");
    }

    /// What each number is measured by, and how much of it a day needs.
    void numbers_haveTheirOwnNoise_data()
    {
        QTest::addColumn<int>("checks");
        QTest::addColumn<QStringList>("known");
        const QStringList counted{QStringLiteral("totalChecks"),    QStringLiteral("activeUsers"),
                                  QStringLiteral("activeSessions"), QStringLiteral("dailyActiveUsers"),
                                  QStringLiteral("successRate"),    QStringLiteral("violationRate")};
        const QStringList means{QStringLiteral("avgCheckTime"), QStringLiteral("p50CheckTime")};
        QTest::newRow("nothing") << 0 << QStringList();
        QTest::newRow("4 checks a day") << 4 << counted;
        QTest::newRow("5") << 5 << counted + means;
        QTest::newRow("19") << 19 << counted + means;
        QTest::newRow("20") << 20 << counted + means + QStringList{QStringLiteral("p95CheckTime")};
        QTest::newRow("99") << 99 << counted + means + QStringList{QStringLiteral("p95CheckTime")};
        QTest::newRow("100") << 100
                             << counted + means +
                                    QStringList{QStringLiteral("p95CheckTime"),
                                                QStringLiteral("p99CheckTime")};
    }

    void numbers_haveTheirOwnNoise()
    {
        QFETCH(int, checks);
        QFETCH(QStringList, known);
        MadeUpSource source(time(QStringLiteral("2020-01-01T00:00:00Z")),
                            [checks](const Span&, Rollup& rollup) { addChecks(checks, rollup); });
        const Window window = Window::make(Period::Month, time(QStringLiteral("2026-02-07T13:29:59Z")),
                                           QTimeZone::utc(), false);
        const auto noise = measureNoise(source, window, QTimeZone::utc());
        for (const NumberKind& kind : numberKinds())
            QVERIFY2(noiseOf(*noise, kind.name.data()).isKnown() == known.contains(kind.name),
                     kind.name.data());
    }

    /// Days of 15 and 5 by turns of a week: as in the golden case.
    void counts_areAsFarApartAsTheyAre()
    {
        const Timestamp epoch = time(QStringLiteral("2025-11-30T00:00:00Z"));
        MadeUpSource source(time(QStringLiteral("2020-01-01T00:00:00Z")),
                            [epoch](const Span& span, Rollup& rollup) {
                                const auto week = (span.from - epoch) / std::chrono::days(7);
                                addChecks(week % 2 == 0 ? 15 : 5, rollup);
                            });
        const Window window =
            Window::make(Period::Week, time(QStringLiteral("2026-02-07T13:29:59Z")), QTimeZone::utc(), false);
        const auto noise = measureNoise(source, window, QTimeZone::utc());
        QCOMPARE(noiseOf(*noise, "totalChecks").dispersion(1, false), 5.0);
        QCOMPARE(noiseOf(*noise, "activeUsers").dispersion(1, false), 5.0);
        QCOMPARE(noiseOf(*noise, "activeSessions").dispersion(1, false), 1.0); // as many on all days
    }

    void hash_isThatOfWhatVerdictsDependOn()
    {
        const auto hashOf = [](int checks) {
            MadeUpSource source(
                time(QStringLiteral("2020-01-01T00:00:00Z")), [checks](const Span& span, Rollup& rollup) {
                    addChecks(checks + int(span.from.time_since_epoch().count() / 86'400'000 % 3), rollup);
                });
            const Window window = Window::make(Period::Week, time(QStringLiteral("2026-02-07T13:29:59Z")),
                                               QTimeZone::utc(), false);
            return measureNoise(source, window, QTimeZone::utc())->hash();
        };
        QCOMPARE(hashOf(5), hashOf(5));
        QVERIFY(hashOf(5) != hashOf(6));
        QVERIFY(hashOf(5) != WindowNoise().hash());
    }
};

PRISM_APPLESS_TEST(WindowNoiseTest)

} // namespace tst_window_noise

#include "tst_window_noise.moc"
