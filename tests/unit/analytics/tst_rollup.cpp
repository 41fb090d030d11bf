#include "server/analytics/byte_codec.h"
#include "server/analytics/rollup_delta.h"
#include "tests/support/test_program.h"

#include <QTest>

#include <cmath>
#include <random>

namespace tst_rollup {

using namespace prism::analytics;
using namespace prism::protocol;
using namespace Qt::StringLiterals;

namespace {

using Random = std::mt19937_64;

double between(Random& random, double low, double high)
{
    return std::uniform_real_distribution<double>(low, high)(random);
}

/// Checks with everything in them, always the same ones.
std::vector<Check> someChecks(int count, quint64 seed)
{
    Random random(seed);
    const auto below = [&random](int limit) { return int(random() % quint64(limit)); };
    std::vector<Check> checks;
    for (int i = 0; i < count; ++i) {
        Check check;
        check.status =
            std::array{CheckStatus::Pass, CheckStatus::Warning, CheckStatus::Blocked}[random() % 3];
        check.duration = std::exp(between(random, -5, 15));
        check.user = below(5) == 0 ? QString() : u"user %1"_s.arg(below(40));
        check.session = u"session %1"_s.arg(below(300));
        for (int k = below(4); k > 0; --k) {
            const QString id = u"P%1"_s.arg(below(14));
            check.violations.append(
                {id,
                 below(3) == 0 ? QString() : u"Principle "_s + id,
                 std::array{Severity::Info, Severity::Warning, Severity::Block}[random() % 3],
                 {},
                 below(4) == 0});
        }
        checks.push_back(check);
    }
    return checks;
}

Rollup rollupOf(const std::vector<Check>& checks)
{
    Rollup rollup;
    for (std::size_t i = 0; i < checks.size(); ++i)
        rollup.add(checks[i], i % 3 == 0);
    return rollup;
}

Retro retroOf(double duration, const QString& user)
{
    Retro retro;
    retro.duration = duration;
    retro.user = user;
    return retro;
}

bool isNear(double a, double b)
{
    return std::abs(a - b) <= 1e-9 * std::max(std::abs(a), std::abs(b));
}

/// The same but for the last digits of sums, which depend on the order of adding.
bool isSame(const Rollup& a, const Rollup& b)
{
    return a.all().figures.checks == b.all().figures.checks &&
           a.all().figures.violations == b.all().figures.violations &&
           a.all().figures.bySeverity == b.all().figures.bySeverity &&
           a.all().figures.checksWithViolations == b.all().figures.checksWithViolations &&
           a.all().figures.retros == b.all().figures.retros &&
           isNear(a.all().durations.sum(), b.all().durations.sum()) &&
           a.all().durations.percentile(0.95) == b.all().durations.percentile(0.95) &&
           a.imported().figures == b.imported().figures && a.users() == b.users() &&
           a.sessions() == b.sessions();
}

} // namespace

class RollupTest : public QObject
{
    Q_OBJECT

private slots:
    void parts_mergeToTheWhole()
    {
        const std::vector<Check> checks = someChecks(3000, 1);
        const Rollup whole = rollupOf(checks);
        Rollup parts[3];
        for (std::size_t i = 0; i < checks.size(); ++i)
            parts[i % 7 % 3].add(checks[i], i % 3 == 0);
        Rollup merged = parts[2];
        merged.merge(parts[0]);
        merged.merge(Rollup());
        merged.merge(parts[1]);
        QVERIFY(isSame(merged, whole));
    }

    void marks_leaveWhatOtherMarksWouldHaveGiven()
    {
        const std::vector<Check> before = someChecks(500, 2);
        std::vector<Check> after = before;
        Rollup rollup = rollupOf(before);
        for (std::size_t i = 0; i < after.size(); ++i) {
            for (qsizetype k = 0; k < after[i].violations.size(); ++k) {
                const Check unchanged = after[i];
                after[i].violations[k].falsePositive = i % 5 != 0;
                rollup.remark(unchanged, after[i], i % 3 == 0);
            }
        }
        QVERIFY(rollup == rollupOf(after));
        QVERIFY(!(rollup == rollupOf(before)));
    }

    void hits_areAtMostTenACheck_data()
    {
        QTest::addColumn<int>("violations");
        QTest::addColumn<int>("marked");
        QTest::addColumn<qint64>("hits");
        QTest::newRow("none") << 0 << 0 << qint64(0);
        QTest::newRow("one") << 1 << 0 << qint64(1);
        QTest::newRow("ten") << 10 << 0 << qint64(10);
        QTest::newRow("eleven") << 11 << 0 << qint64(10);
        QTest::newRow("a nightly report") << 5'000 << 0 << qint64(10);
        QTest::newRow("a nightly report, some marked") << 5'000 << 4'000 << qint64(10);
        QTest::newRow("a nightly report, most marked") << 5'000 << 4'997 << qint64(3);
        QTest::newRow("all marked") << 12 << 12 << qint64(0);
    }

    void hits_areAtMostTenACheck()
    {
        QFETCH(int, violations);
        QFETCH(int, marked);
        QFETCH(qint64, hits);
        Check before;
        before.violations.resize(violations);
        Check after = before;
        for (int i = 0; i < marked; ++i)
            after.violations[i].falsePositive = true;
        Rollup rollup, marking;
        rollup.add(after, false);
        marking.add(before, false);
        marking.remark(before, after, false);
        for (const Rollup& each : {rollup, marking})
            QCOMPARE(each.all().figures.hits, hits);
    }

    void live_isWhatWasNotImported()
    {
        const std::vector<Check> checks = someChecks(900, 3);
        Rollup rollup = rollupOf(checks);
        rollup.add(retroOf(5000, u"ana"_s), true);
        rollup.add(retroOf(0, u"ben"_s), false);
        Rollup expected;
        for (std::size_t i = 0; i < checks.size(); ++i) {
            if (i % 3 != 0)
                expected.add(checks[i], false);
        }
        expected.add(retroOf(0, u"ben"_s), false);
        const Rollup::Part live = rollup.live();
        QCOMPARE(live.figures.checks, 600);
        QCOMPARE(live.figures.retros, 1);
        QCOMPARE(live.figures.timedRetros, 0);
        QVERIFY(live.figures == expected.all().figures);
        QVERIFY(isNear(live.durations.sum(), expected.all().durations.sum()));
        QCOMPARE(live.durations.percentile(0.5), expected.all().durations.percentile(0.5));
        QCOMPARE(rollup.users().count(), 42);
    }

    void bytes_bringBackTheSame_data()
    {
        QTest::addColumn<int>("checks");
        QTest::addColumn<int>("users");
        QTest::newRow("nothing") << 0 << 0;
        QTest::newRow("one") << 1 << 0;
        QTest::newRow("many") << 2000 << 0;
        QTest::newRow("estimated") << 100 << 20'000;
    }

    void bytes_bringBackTheSame()
    {
        QFETCH(int, checks);
        QFETCH(int, users);
        Rollup rollup = rollupOf(someChecks(checks, 4));
        for (int i = 0; i < users; ++i)
            rollup.add(retroOf(i, QString::number(i)), i % 2 == 0);
        const Figures figures = rollup.all().figures;
        QVERIFY(decodeFigures(encode(figures)) == figures);
        QVERIFY(Rollup::decode(figures, rollup.encode()) == rollup);
    }

    void text_isTheSameAfterwards_data()
    {
        QTest::addColumn<QString>("text");
        const QString mark(1, QChar(QChar::ByteOrderMark));
        QTest::newRow("empty") << QString();
        QTest::newRow("plain") << u"P1"_s;
        QTest::newRow("beyond Latin 1") << u"\u5BC6\u94A5 \U0001F511"_s;
        QTest::newRow("byte order mark alone") << mark;
        QTest::newRow("byte order mark first") << mark + u"P1"_s;
        QTest::newRow("byte order marks everywhere") << mark + mark + u"P\u00E9"_s + mark;
    }

    void text_isTheSameAfterwards()
    {
        QFETCH(QString, text);
        ByteWriter writer;
        writer.text(text);
        ByteReader reader(writer.bytes());
        QCOMPARE(reader.text(), text);
        QVERIFY(reader.isGood() && reader.isAtEnd());
    }

    void negativeNumbers_areOnlyInWhatChanges()
    {
        Check before;
        before.violations.append({u"P"_s, {}, Severity::Block, {}, false});
        Check after = before;
        after.violations[0].falsePositive = true;
        RollupDelta delta;
        delta.rollup.remark(before, after, true);
        delta.principles = {{7, -1}};
        QVERIFY(RollupDelta::decode(delta.encode()) == delta);
        const Figures figures = delta.rollup.all().figures;
        QVERIFY(!figures.areCounts());
        QVERIFY(!decodeFigures(encode(figures)));
        QVERIFY(!Rollup::decode(figures, delta.rollup.encode()));
    }

    void deltas_addUpToWhatTheyChange()
    {
        const std::vector<Check> checks = someChecks(200, 6);
        RollupDelta sum{rollupOf(checks), {{1, 5}, {3, 1}}};
        RollupDelta more{rollupOf(someChecks(50, 7)), {{2, 4}, {3, -1}, {9, 2}}};
        Rollup expected = sum.rollup;
        expected.merge(more.rollup);
        sum.merge(more);
        QVERIFY(sum.rollup == expected);
        QVERIFY(sum.principles == (PrincipleCounts{{1, 5}, {2, 4}, {9, 2}}));
        QVERIFY(RollupDelta::decode(sum.encode()) == sum);
        const QByteArray bytes = more.encode();
        for (qsizetype i = 0; i < bytes.size(); ++i) {
            QByteArray damaged = bytes;
            damaged[i] = char(damaged[i] ^ (1 << i % 8));
            QVERIFY(!RollupDelta::decode(damaged));
            QVERIFY(!RollupDelta::decode(bytes.first(i)));
        }
    }

    void smallPart_mergesLikeALargeOne()
    {
        // Few are added one by one where there are many already.
        const std::vector<Check> few = someChecks(3, 8);
        const std::vector<Check> many = someChecks(4000, 9);
        Rollup a = rollupOf(many);
        a.merge(rollupOf(few));
        Rollup b = rollupOf(few);
        b.merge(rollupOf(many));
        QVERIFY(isSame(a, b));
    }

    void damagedBytes_areRefused()
    {
        const Rollup rollup = rollupOf(someChecks(30, 5));
        const Figures figures = rollup.all().figures;
        const QByteArray bytes = rollup.encode();
        for (qsizetype i = 0; i < bytes.size(); ++i) {
            QByteArray damaged = bytes;
            damaged[i] = char(damaged[i] ^ (1 << i % 8));
            QVERIFY(!Rollup::decode(figures, damaged));
            QVERIFY(!Rollup::decode(figures, bytes.first(i)));
        }
        QVERIFY(!Rollup::decode(Figures(), bytes));
        QVERIFY(!Rollup::decode(figures, bytes + '\0'));
        const QByteArray counts = encode(figures);
        for (qsizetype i = 0; i < counts.size(); ++i) {
            QByteArray damaged = counts;
            damaged[i] = char(damaged[i] ^ 1);
            QVERIFY(!decodeFigures(damaged));
            QVERIFY(!decodeFigures(counts.first(i)));
        }
    }
};

PRISM_APPLESS_TEST(RollupTest)

} // namespace tst_rollup

#include "tst_rollup.moc"
