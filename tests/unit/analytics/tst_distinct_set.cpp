#include "server/analytics/distinct_set.h"
#include "tests/support/test_program.h"

#include <QTest>

#include <cmath>

namespace tst_distinct_set {

using namespace prism::analytics;
using namespace Qt::StringLiterals;

/// How many there are, exactly and about.
class DistinctSetTest : public QObject
{
    Q_OBJECT

private slots:
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
};

PRISM_APPLESS_TEST(DistinctSetTest)

} // namespace tst_distinct_set

#include "tst_distinct_set.moc"
