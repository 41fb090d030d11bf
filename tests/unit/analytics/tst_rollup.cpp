#include "server/analytics/byte_codec.h"
#include "server/analytics/percentile.h"
#include "server/analytics/rollup_delta.h"
#include "tests/support/test_program.h"

#include <QTest>

#include <cmath>
#include <random>
#include <set>

using namespace prism::analytics;
using namespace prism::protocol;
using namespace Qt::StringLiterals;

namespace {

using Random = std::mt19937_64;
using Shape = std::function<double(Random&)>;

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
    void percentiles_areWithinOnePercent_data()
    {
        QTest::addColumn<Shape>("shape");
        QTest::newRow("uniform") << Shape([](Random& r) { return between(r, 0.5, 300); });
        QTest::newRow("log-normal") << Shape(
            [](Random& r) { return std::lognormal_distribution<double>(3, 2)(r); });
        QTest::newRow("bimodal") << Shape(
            [](Random& r) { return std::abs(std::normal_distribution<double>(r() % 2 ? 5 : 5000, 1)(r)); });
        QTest::newRow("constant") << Shape([](Random&) { return 12.345; });
        QTest::newRow("heavy tail") << Shape(
            [](Random& r) { return 0.01 / std::pow(between(r, 1e-9, 1), 1.2); });
        QTest::newRow("about a microsecond") << Shape([](Random& r) { return between(r, 0.001, 0.003); });
        QTest::newRow("about a day") << Shape([](Random& r) { return between(r, 4e7, 8.64e7); });
        QTest::newRow("a microsecond to a day")
            << Shape([](Random& r) { return 0.001 * std::pow(8.64e10, between(r, 0, 1)); });
    }

    void percentiles_areWithinOnePercent()
    {
        QFETCH(Shape, shape);
        for (const int count : {1, 2, 10, 999, 20'000}) {
            Random random(quint64(count) + 7);
            DurationHistogram histogram;
            std::vector<double> values;
            double sum = 0;
            for (int i = 0; i < count; ++i) {
                values.push_back(shape(random));
                histogram.add(values.back());
                sum += values.back();
            }
            for (const double fraction : {0.001, 0.1, 0.5, 0.9, 0.95, 0.99, 0.999, 1.0}) {
                const double exact = *percentile(values, fraction);
                const double near = *histogram.percentile(fraction);
                QVERIFY2(std::abs(near - exact) <= 0.01 * exact,
                         qPrintable(u"%1 of %2: %3 for %4"_s.arg(fraction).arg(count).arg(near).arg(exact)));
            }
            QCOMPARE(histogram.count(), qint64(count));
            QCOMPARE(*histogram.mean(), sum / count);
            QCOMPARE(*histogram.shortest(), *std::min_element(values.begin(), values.end()));
            QCOMPARE(*histogram.longest(), *std::max_element(values.begin(), values.end()));
        }
    }

    void durations_beyondTheBuckets_keepTheirBounds()
    {
        DurationHistogram histogram;
        QVERIFY(!histogram.percentile(0.5) && !histogram.mean() && !histogram.longest());
        histogram.add(0);
        QCOMPARE(histogram.percentile(0.5), std::optional(0.0));
        histogram.add(1e300);
        QCOMPARE(histogram.longest(), std::optional(1e300));
        QCOMPARE(histogram.shortest(), std::optional(0.0));
        QVERIFY(*histogram.percentile(1) > 1e12);
    }

    void longerOnes_areCountedWithinOnePercent_data()
    {
        QTest::addColumn<double>("limit");
        QTest::addColumn<qint64>("least");
        QTest::addColumn<qint64>("most");
        QTest::newRow("shorter than all") << 0.5 << qint64(1'000) << qint64(1'000);
        QTest::newRow("one of them") << 500.0 << qint64(495) << qint64(500);
        QTest::newRow("between two") << 900.5 << qint64(91) << qint64(100);
        QTest::newRow("the longest") << 1'000.0 << qint64(0) << qint64(0);
        QTest::newRow("longer than all") << 1e9 << qint64(0) << qint64(0);
    }

    void longerOnes_areCountedWithinOnePercent()
    {
        QFETCH(double, limit);
        QFETCH(qint64, least);
        QFETCH(qint64, most);
        DurationHistogram histogram;
        QCOMPARE(histogram.countAbove(limit), 0);
        for (int i = 1; i <= 1'000; ++i)
            histogram.add(i);
        const qint64 count = histogram.countAbove(limit);
        QVERIFY2(count >= least && count <= most, qPrintable(QString::number(count)));
    }

    void distinct_isExactUpToItsBound()
    {
        DistinctSet set;
        set.add({});
        QCOMPARE(set.count(), 0);
        for (std::size_t i = 0; i < DistinctSet::mostExact; ++i) {
            set.add(u"user-%1"_s.arg(i));
            set.add(u"user-%1"_s.arg(i / 2));
        }
        QCOMPARE(set.count(), qint64(DistinctSet::mostExact));
        QVERIFY(!set.isEstimated());
        set.add(u"one more"_s);
        QVERIFY(set.isEstimated());
    }

    void distinct_isWithinTwoPercentBeyond()
    {
        DistinctSet set;
        int next = 0;
        for (const int count : {10'001, 20'000, 41'000, 60'000, 150'000, 400'000}) {
            for (; next < count; ++next)
                set.add(QString::number(next));
            QVERIFY2(std::abs(double(set.count()) / count - 1) < 0.02,
                     qPrintable(u"%1 for %2"_s.arg(set.count()).arg(count)));
        }
        QVERIFY(set.bytes() < 20'000);
    }

    void distinct_addsUpInAnyOrder_data()
    {
        QTest::addColumn<int>("first");
        QTest::addColumn<int>("second");
        QTest::newRow("both exact") << 300 << 500;
        QTest::newRow("together too many") << 8'000 << 9'000;
        QTest::newRow("one estimated") << 30'000 << 20;
        QTest::newRow("both estimated") << 15'000 << 30'000;
        QTest::newRow("nothing") << 0 << 40;
    }

    void distinct_addsUpInAnyOrder()
    {
        QFETCH(int, first);
        QFETCH(int, second);
        DistinctSet a, b, all;
        for (int i = 0; i < first; ++i) {
            a.add(QString::number(i));
            all.add(QString::number(i));
        }
        const int shared = std::min(first, second) / 4;
        for (int i = first - shared; i < first - shared + second; ++i) {
            b.add(QString::number(i));
            all.add(QString::number(i));
        }
        DistinctSet ab = a, ba = b;
        ab.merge(b);
        ba.merge(a);
        QCOMPARE(ab, all);
        QCOMPARE(ba, all);
        QVERIFY2(a != all, "what is merged has to show");
    }

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
#include "tst_rollup.moc"
