#include "server/statistics/evidence.h"
#include "tests/support/test_program.h"

#include <QTest>

#include <cmath>

namespace tst_evidence {

using namespace prism::statistics;

namespace {

/// A hundred buckets of 20 checks, 388 hits of 99 of them and `last` of another: with 12, that one is exactly
/// four standard deviations above the others.
std::vector<Hits> withOneAbove(double last)
{
    std::vector<Hits> buckets(91, Hits{20, 4});
    buckets.resize(99, Hits{20, 3});
    buckets.push_back({20, last});
    return buckets;
}

} // namespace

/// What is usual, and when evidence of more is enough and when no longer: what lies at, below and above each
/// limit.
class EvidenceTest : public QObject
{
    Q_OBJECT

private slots:
    void usual_needsTenBucketsWithAHundredThings_data()
    {
        QTest::addColumn<std::vector<Hits>>("buckets");
        QTest::addColumn<bool>("isKnown");
        QTest::newRow("10 of 10") << std::vector<Hits>(10, Hits{10, 1}) << true;
        QTest::newRow("9 of 20") << std::vector<Hits>(9, Hits{20, 1}) << false;
        std::vector<Hits> fewer(10, Hits{10, 1});
        fewer.back().things = 9;
        QTest::newRow("99 things") << fewer << false;
        fewer.assign(10, Hits{20, 1});
        fewer.back() = {0, 0};
        QTest::newRow("one of them empty") << fewer << false;
        fewer.push_back({20, 1});
        QTest::newRow("one more, which is empty") << fewer << true;
        fewer.assign(10, Hits{11, 1});
        fewer.back() = {1, 0};
        QTest::newRow("one with one") << fewer << true;
    }

    void usual_needsTenBucketsWithAHundredThings()
    {
        QFETCH(const std::vector<Hits>, buckets);
        QFETCH(const bool, isKnown);
        QCOMPARE(Usual::of(buckets).has_value(), isKnown);
    }

    void usual_leavesOutWhatIsFarAbove()
    {
        const auto all = Usual::of(withOneAbove(12)); // four deviations
        QCOMPARE(all->rate, 0.2);
        QCOMPARE(all->dispersion, 1.0);
        const auto others = Usual::of(withOneAbove(12.1));
        QCOMPARE(others->rate, 388.0 / (99 * 20));
        QCOMPARE(Usual::of(withOneAbove(1000))->rate, others->rate);
    }

    void usual_takesNoHitForOne()
    {
        QCOMPARE(Usual::of(std::vector<Hits>(10, Hits{20, 0}))->rate, 0.005);
        std::vector<Hits> buckets(10, Hits{20, 0});
        buckets[0].hits = 1.5;
        QCOMPARE(Usual::of(buckets)->rate, 0.0075);
    }

    void evidence_raisesBeyondItsThreshold()
    {
        const Usual usual{0.25, 1};
        const Hits bucket{20, 20};
        Evidence first(usual, 2, 7);
        first.close(bucket);
        const double value = first.value();
        const auto stateAt = [&](double threshold) {
            Evidence evidence(usual, 2, threshold);
            evidence.close(bucket);
            return evidence.state();
        };
        QCOMPARE(stateAt(value), Evidence::State::None);
        QCOMPARE(stateAt(value * 0.999), Evidence::State::Medium);
        QCOMPARE(stateAt(value / 2), Evidence::State::Medium);
        QCOMPARE(stateAt(value * 0.499), Evidence::State::High);
    }

    void evidence_endsWhenItHasFallenByThree()
    {
        const auto fallenBy = [](double fall) {
            Evidence evidence({0.25, 1}, 2, 7); // of four things without a hit it falls by 1
            evidence.close({20, 20});
            evidence.close({20, 20}); // high
            evidence.close({4, 0});
            evidence.close({4, 0});
            evidence.close({4 * (fall - 2), 0});
            return evidence;
        };
        QCOMPARE(fallenBy(2.999).state(), Evidence::State::High);
        QVERIFY(!fallenBy(2.999).hasEnded());
        QCOMPARE(fallenBy(3).state(), Evidence::State::None);
        QVERIFY(fallenBy(3).hasEnded());
        QVERIFY(fallenBy(3).value() > 7); // what it ended with
        QCOMPARE(fallenBy(3).since().things, 52.0);

        Evidence again = fallenBy(3);
        again.close({20, 20}); // from nothing on
        QVERIFY(!again.hasEnded());
        QCOMPARE(again.state(), Evidence::State::Medium);
        QCOMPARE(again.since().hits, 20.0);
        QCOMPARE(again.expected(), 5.0);
    }

    void evidence_neverRaised_endsNothing()
    {
        Evidence evidence({0.25, 1}, 2, 7);
        evidence.close({20, 15});
        QVERIFY(evidence.value() > 5);
        evidence.close({16, 0});
        QVERIFY(!evidence.hasEnded());
        QVERIFY(evidence.value() > 1);
        QCOMPARE(evidence.since().things, 36.0);
    }

    void evidence_ofARunningBucket_endsNothing()
    {
        Evidence evidence({0.25, 1}, 2, 7);
        evidence.close({20, 20});
        const Evidence running = evidence.with({40, 0});
        QVERIFY(running.value() < evidence.value() - 3);
        QCOMPARE(running.state(), Evidence::State::Medium);
        QVERIFY(!running.hasEnded());
        QCOMPARE(evidence.with({20, 20}).state(), Evidence::State::High);
        QCOMPARE(evidence.state(), Evidence::State::Medium);
    }

    void evidence_beginsWhereThereIsNone()
    {
        Evidence evidence({std::log(2.0), 1}, 2, 7);
        evidence.close({1, 1}); // as likely as not
        QCOMPARE(evidence.value(), 0.0);
        QCOMPARE(evidence.since().things, 0.0);
        evidence.close({0.1, 0.2});
        QCOMPARE(evidence.value(), 0.1 * std::log(2.0));
        QCOMPARE(evidence.since().things, 0.1);
        evidence.close({0, 50}); // of nothing
        QCOMPARE(evidence.since().hits, 0.2);
    }
};

PRISM_APPLESS_TEST(EvidenceTest)

} // namespace tst_evidence

#include "tst_evidence.moc"
