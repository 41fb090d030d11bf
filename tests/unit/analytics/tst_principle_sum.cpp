#include "server/analytics/byte_codec.h"
#include "server/analytics/principle_sum.h"
#include "tests/support/test_program.h"

#include <QTest>

#include <algorithm>
#include <limits>
#include <map>
#include <random>

namespace tst_principle_sum {

using namespace prism::analytics;
using namespace Qt::StringLiterals;

namespace {

using Exact = std::map<qint64, qint64>;

/// All with as many as the `limit`-th has.
PrincipleCounts topOf(const Exact& counts, std::size_t limit)
{
    std::vector<qint64> greatest;
    for (const auto& [principle, count] : counts) {
        if (count > 0)
            greatest.push_back(count);
    }
    std::sort(greatest.begin(), greatest.end(), std::greater<>());
    const qint64 least = greatest.size() > limit ? greatest[limit - 1] : 1;
    PrincipleCounts top;
    for (const auto& [principle, count] : counts) {
        if (count >= least)
            top.push_back({principle, count});
    }
    return top;
}

} // namespace

class PrincipleSumTest : public QObject
{
    Q_OBJECT

private slots:
    void whatIsFound_isExact_data()
    {
        QTest::addColumn<int>("principles");
        QTest::addColumn<int>("most");
        QTest::addColumn<bool>("findsMostly");
        QTest::newRow("none") << 0 << 10 << true;
        QTest::newRow("fewer than asked for") << 4 << 10 << true;
        QTest::newRow("all are kept") << 90 << 100 << true;
        QTest::newRow("twice as many as are kept") << 200 << 100 << true;
        QTest::newRow("far more than are kept") << 5'000 << 100 << true;
        QTest::newRow("no more kept than asked for") << 1'000 << 10 << false;
    }

    /// Counted, then changed again and again: what is found is what counting one by one finds.
    void whatIsFound_isExact()
    {
        QFETCH(const int, principles);
        QFETCH(const int, most);
        QFETCH(const bool, findsMostly);
        std::mt19937_64 random(5);
        const auto below = [&random](qint64 limit) { return qint64(random() % quint64(limit)); };
        int found = 0;
        constexpr int rounds = 20;
        for (int round = 0; round < rounds; ++round) {
            Exact exact;
            PrincipleSum sum{std::size_t(most)};
            for (int i = 0; i < principles; ++i) {
                const qint64 count = below(40) == 0 ? 50 + below(200) : below(6);
                exact[3 * i] = count;
                sum.append({3 * i, count});
            }
            for (int change = 0; change < 20; ++change) {
                PrincipleCounts more;
                for (qint64 i = 0; i < 3 * principles; i += 1 + below(3 * principles)) {
                    const qint64 by = below(4) == 0 ? -std::min<qint64>(exact[i], below(3)) : below(4);
                    exact[i] += by;
                    if (by != 0)
                        more.push_back({i, by});
                }
                sum.add(more);
                const auto top = sum.top(10);
                found += top ? 1 : 0;
                QVERIFY(!top || *top == topOf(exact, 10));
            }
        }
        QVERIFY(!findsMostly || found > rounds * 20 * 9 / 10);
    }

    void equalOnes_areNotGuessed()
    {
        PrincipleSum sum{10};
        for (int i = 0; i < 20; ++i)
            sum.append({i, 1});
        QVERIFY(!sum.top(10));
        PrincipleCounts more;
        for (int i = 0; i < 9; ++i)
            more.push_back({i, 5});
        sum.add(more);
        QVERIFY(!sum.top(10)); // the tenth is one of many
    }

    void whatGrowsOutsideOfTheKept_isNoticed()
    {
        PrincipleSum sum{10};
        for (int i = 0; i < 20; ++i)
            sum.append({i, i < 10 ? 100 : 1});
        QCOMPARE(sum.top(10)->size(), std::size_t(10));
        sum.add({{15, 98}});
        QVERIFY(sum.top(10)); // 99 at the most
        sum.add({{15, 1}});
        QVERIFY(!sum.top(10));
    }

    void tooManyOutsideOfTheKept_areNotFollowed()
    {
        PrincipleSum sum{10};
        for (int i = 0; i < 20; ++i)
            sum.append({i, i < 10 ? 100 : 1});
        for (int i = 100; i < 111; ++i) {
            QVERIFY(sum.top(10));
            sum.add({{i, 1}});
        }
        QVERIFY(!sum.top(10));
        QVERIFY(sum.bytes() < 2'000);
    }

    void counts_areTheSameAfterwards()
    {
        const qint64 last = std::numeric_limits<qint64>::max() - 2;
        for (const PrincipleCounts& counts :
             {PrincipleCounts(), PrincipleCounts{{256, 1}}, PrincipleCounts{{257, -3}, {258, 1}, {300, 7}},
              PrincipleCounts{{500, last}, {last, -last}}}) {
            ByteWriter writer;
            writeCounts(writer, counts, 256);
            ByteReader reader(writer.bytes());
            QVERIFY(readCounts(reader, 256) == counts);
            QVERIFY(reader.isGood() && reader.isAtEnd());
        }
        for (const QByteArray& wrong : {QByteArray("\x01\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01\x02", 12),
                                        QByteArray("\x05\x01\x02", 3), QByteArray("\x01\x01", 2)}) {
            ByteReader reader(wrong);
            QVERIFY(readCounts(reader, 256).empty());
            QVERIFY(!reader.isGood());
        }
    }

    void sums_leaveOutWhatIsGone()
    {
        QVERIFY(sumOf({{1, 2}, {4, 1}}, {{2, 3}, {4, -1}}) == (PrincipleCounts{{1, 2}, {2, 3}}));
        QVERIFY(sumOf({}, {{2, 3}}) == (PrincipleCounts{{2, 3}}));
        QVERIFY(sumOf({{2, 3}}, {}) == (PrincipleCounts{{2, 3}}));
    }
};

PRISM_APPLESS_TEST(PrincipleSumTest)

} // namespace tst_principle_sum

#include "tst_principle_sum.moc"
