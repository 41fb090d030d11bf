#include "client/net/backoff.h"
#include "tests/support/test_program.h"

#include <QTest>

namespace tst_backoff {

using namespace std::chrono_literals;
using prism::net::Backoff;

class TestBackoff : public QObject
{
    Q_OBJECT

private slots:
    void next_firstTime_isExactlyTheFirstWait();
    void next_withoutSpread_doublesUpToTheLongest();
    void next_withFullSpread_isHalfOfThat();
    void next_random_staysBetweenHalfAndWhole();
    void reset_startsOver();
};

void TestBackoff::next_firstTime_isExactlyTheFirstWait()
{
    Backoff backoff(3s, 30s, [] { return 0.0; });
    QCOMPARE(backoff.next(), 3000ms);
}

void TestBackoff::next_withoutSpread_doublesUpToTheLongest()
{
    Backoff backoff(3s, 30s, [] { return 1.0; });
    QList<qint64> waits;
    for (int i = 0; i < 7; ++i)
        waits.append(backoff.next().count());
    QCOMPARE(waits, (QList<qint64>{3000, 6000, 12000, 24000, 30000, 30000, 30000}));
}

void TestBackoff::next_withFullSpread_isHalfOfThat()
{
    Backoff backoff(3s, 30s, [] { return 0.0; });
    QList<qint64> waits;
    for (int i = 0; i < 6; ++i)
        waits.append(backoff.next().count());
    QCOMPARE(waits, (QList<qint64>{3000, 3000, 6000, 12000, 15000, 15000}));
}

void TestBackoff::next_random_staysBetweenHalfAndWhole()
{
    Backoff backoff(3s, 30s, {});
    for (int i = 0; i < 10; ++i)
        backoff.next();
    QSet<qint64> seen;
    for (int i = 0; i < 200; ++i) {
        const auto wait = backoff.next();
        QVERIFY(wait >= 15s && wait <= 30s);
        seen.insert(wait.count());
    }
    QVERIFY(seen.size() > 50);
}

void TestBackoff::reset_startsOver()
{
    Backoff backoff(3s, 30s, [] { return 1.0; });
    backoff.next();
    QCOMPARE(backoff.next(), 6000ms);
    backoff.reset();
    QCOMPARE(backoff.next(), 3000ms);
}

PRISM_TEST(TestBackoff)

} // namespace tst_backoff

#include "tst_backoff.moc"
