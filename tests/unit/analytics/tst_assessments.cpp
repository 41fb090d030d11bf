#include "server/analytics/assessments.h"
#include "tests/support/test_program.h"

#include <QTest>

namespace tst_assessments {

using namespace prism::analytics;
using namespace prism::statistics;
using prism::protocol::Check;
using prism::protocol::NoVerdict;
using prism::protocol::Retro;

namespace {

/// What happened, in a few numbers.
struct Day
{
    int checks = 0;
    int failed = 0;     ///< of those
    int violations = 0; ///< all of one check
    double ms = 10;
    int userDays = 0;
    int retros = 0;
    int sessions = 0; ///< of checks beside those
};

SpanFacts factsOf(const Day& day)
{
    Rollup rollup;
    for (int i = 0; i < day.checks; ++i) {
        Check check;
        check.duration = day.ms;
        check.status =
            i < day.failed ? prism::protocol::CheckStatus::Blocked : prism::protocol::CheckStatus::Pass;
        if (i == 0) {
            for (int k = 0; k < day.violations; ++k)
                check.violations.append({QStringLiteral("P"), {}, {}, {}, false, {}});
        }
        rollup.add(check, false);
    }
    for (int i = 0; i < day.sessions; ++i) {
        Check check;
        check.session = QString::number(i);
        rollup.add(check, false);
    }
    for (int i = 0; i < day.retros; ++i)
        rollup.add(Retro(), false);
    return {std::make_shared<const Rollup>(std::move(rollup)), {double(day.userDays), false}};
}

Window today()
{
    return Window::make(Period::Today, *prism::protocol::fromIso(u"2026-02-07T12:00:00Z"), QTimeZone::utc(),
                        false);
}

/// Of so many pairs of days alike.
KnownNoise quiet(int pairs)
{
    WindowNoise noise;
    for (int i = 0; i < pairs; ++i) {
        for (std::size_t n = 0; n < numberCount; ++n) {
            if (numberKinds()[n].measure)
                noise.numbers[n].add(*numberKinds()[n].measure, {{10, 20}, {10, 20}}, 0);
        }
    }
    return {std::make_shared<const WindowNoise>(noise), NoVerdict::NotReady};
}

QString said(const prism::protocol::Assessment& assessment)
{
    using namespace prism::protocol;
    return assessment.verdict  ? QString(nameOf(verdictNames, *assessment.verdict))
           : assessment.reason ? QString(nameOf(noVerdictNames, *assessment.reason))
                               : QString();
}

} // namespace

/// What is said of numbers beside those of the span before.
class AssessmentsTest : public QObject
{
    Q_OBJECT

private slots:
    void number_isJudged_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<Day>("now");
        QTest::addColumn<Day>("before");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* test, const char* name, const Day& now, const Day& before,
                            const char* expected) {
            QTest::newRow(test) << QByteArray(name) << now << before << QString::fromLatin1(expected);
        };
        row("more violations", "violations", {100, 0, 200}, {100, 0, 100}, "worse");
        row("fewer violations", "violations", {100, 0, 100}, {100, 0, 200}, "better");
        row("as many violations", "violations", {100, 0, 110}, {100, 0, 100}, "same");
        row("the first violations", "violations", {100, 0, 20}, {100, 0, 0}, "worse");
        row("no violations on either day", "violations", {100}, {100}, "same");
        row("more violations of as many more checks", "violations", {200, 0, 200}, {100, 0, 100}, "same");
        row("more violations of yet more checks", "violations", {300, 0, 200}, {100, 0, 100}, "same");
        row("4 % more of a check", "violations", {300, 0, 312}, {100, 0, 100}, "same");
        row("5 % more of a check", "violations", {300, 0, 315}, {100, 0, 100}, "worse");
        row("fewer violations of fewer checks", "violations", {100, 0, 100}, {200, 0, 200}, "same");
        row("higher success", "successRate", {100, 10}, {100, 40}, "better");
        row("lower success", "successRate", {100, 40}, {100, 10}, "worse");
        row("as high success", "successRate", {100, 11}, {100, 10}, "same");
        row("no checks today", "successRate", {}, {100, 10}, "no_value");
        row("no checks before", "successRate", {100, 10}, {}, "no_value");
        row("faster", "avgCheckTime", {100, 0, 0, 5}, {100, 0, 0, 10}, "better");
        row("slower", "p95CheckTime", {100, 0, 0, 20}, {100, 0, 0, 10}, "worse");
        row("as fast", "p50CheckTime", {100, 0, 0, 10}, {100, 0, 0, 10}, "same");
        row("4 % slower", "avgCheckTime", {100, 0, 0, 10.4}, {100, 0, 0, 10}, "same");
        row("no times", "avgCheckTime", {}, {100}, "no_value");
        row("shortest", "minCheckTime", {100, 0, 0, 20}, {100, 0, 0, 10}, "never");
        row("longest", "maxCheckTime", {100, 0, 0, 20}, {100, 0, 0, 10}, "never");
        row("more checks", "totalChecks", {200}, {100}, "volume");
        row("fewer checks", "totalChecks", {100}, {200}, "volume");
        row("as many checks", "totalChecks", {105}, {100}, "same");
        row("more users", "activeUsers", {1, 0, 0, 10, 200}, {1, 0, 0, 10, 100}, "volume");
        row("as many users", "dailyActiveUsers", {1, 0, 0, 10, 100}, {1, 0, 0, 10, 100}, "same");
        row("more sessions of as many users", "activeSessions", {0, 0, 0, 10, 5, 0, 60},
            {0, 0, 0, 10, 5, 0, 20}, "volume");
        row("as many sessions of more users", "activeSessions", {0, 0, 0, 10, 60, 0, 20},
            {0, 0, 0, 10, 20, 0, 20}, "same");
        row("more retrospectives", "totalRetrospectives", {1, 0, 0, 10, 0, 60}, {1, 0, 0, 10, 0, 20},
            "volume");
    }

    void number_isJudged()
    {
        QFETCH(QByteArray, name);
        QFETCH(Day, now);
        QFETCH(Day, before);
        const Assessments all(today(), factsOf(now), factsOf(before), quiet(14));
        const auto& assessment = all.of(QLatin1String(name.constData()));
        QTEST(said(assessment), "expected");
        QVERIFY(assessment.verdict.has_value() != assessment.reason.has_value());
        QCOMPARE(assessment.span, *today().previous);
    }

    void withoutKnowledge_nothingIsSaid()
    {
        const SpanFacts now = factsOf({100, 0, 200});
        const SpanFacts before = factsOf({100, 0, 100});
        const QLatin1String name("violations");
        QCOMPARE(said(Assessments(today(), now, before, quiet(13)).of(name)), QStringLiteral("too_few"));
        QCOMPARE(said(Assessments(today(), now, before, {}).of(name)), QStringLiteral("not_ready"));
        QCOMPARE(said(Assessments(today(), now, before, {nullptr, NoVerdict::Past}).of(name)),
                 QStringLiteral("past"));
        QCOMPARE(said(Assessments(today(), now, std::nullopt, quiet(14)).of(name)),
                 QStringLiteral("no_baseline"));
        QCOMPARE(said(Assessments(today(), factsOf({1}), factsOf({1}), quiet(13)).of(name)),
                 QStringLiteral("too_few"));
    }

    /// 5 and 15 by turns: half as many more is nothing there.
    void noise_widensWhatIsTheSame()
    {
        WindowNoise noise;
        const std::size_t violations = numberIndex(QLatin1String("violations"));
        for (int i = 0; i < 14; ++i)
            noise.numbers[violations].add(Measure::Count,
                                          i % 2 ? Pair{{15, 0}, {5, 0}} : Pair{{5, 0}, {15, 0}}, 0);
        const KnownNoise known{std::make_shared<const WindowNoise>(noise), NoVerdict::NotReady};
        const SpanFacts before = factsOf({100, 0, 100});
        const auto of = [&](int now) {
            return said(
                Assessments(today(), factsOf({100, 0, now}), before, known).of(QLatin1String("violations")));
        };
        QCOMPARE(of(150), QStringLiteral("same"));
        QCOMPARE(of(300), QStringLiteral("worse"));
    }
};

PRISM_APPLESS_TEST(AssessmentsTest)

} // namespace tst_assessments

#include "tst_assessments.moc"
