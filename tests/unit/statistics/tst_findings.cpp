#include "server/statistics/findings.h"
#include "tests/support/test_program.h"

#include <QTest>

namespace tst_findings {

using namespace prism::statistics;

class FindingsTest : public QObject
{
    Q_OBJECT

private slots:
    void answer_isWorkedOutOnceForTheSameQuestion()
    {
        Memo<Series, int> memo(2);
        int works = 0;
        const auto ask = [&](const Series& question) {
            return memo.answer(question, [&] { return ++works; });
        };
        QCOMPARE(ask({1, 2}), 1);
        QCOMPARE(ask({1, std::nullopt}), 2);
        QCOMPARE(ask({1, 2}), 1);
        QCOMPARE(ask({1, 2, 3}), 3); // and what was asked for longest ago is forgotten
        QCOMPARE(memo.size(), std::size_t(2));
        QCOMPARE(ask({1, 2}), 1);
        QCOMPARE(ask({1, std::nullopt}), 4);
    }

    void finding_isThatOfTheFunction()
    {
        Findings findings;
        Series level;
        for (int i = 0; i < 40; ++i)
            level.push_back((i < 20 ? 10 : 20) + i % 3);
        for (int again = 0; again < 2; ++again) {
            QCOMPARE(findings.direction(level, 1)->score, directionOf(level, 1)->score);
            QCOMPARE(findings.direction(level, 7)->score, directionOf(level, 7)->score);
            QCOMPARE(findings.changePoints(level, 1, 4)->points.size(), std::size_t(1));
            QCOMPARE(findings.changePoints(level, 1, 4)->points[0].first, std::size_t(20));
            QVERIFY(findings.changePoints(level, 1, 30)->points.empty());
        }
        const auto both = {SeasonalForecast::Scale::Count, SeasonalForecast::Scale::Time};
        for (const SeasonalForecast::Scale scale : both) {
            for (const BucketLength length : {BucketLength::Day, BucketLength::Week})
                QCOMPARE(findings.forecast(level, length, scale)->at(2).value,
                         SeasonalForecast::fit(level, length, scale)->at(2).value);
        }
        QVERIFY(!findings.forecast({1, 2, 3}, BucketLength::Day, SeasonalForecast::Scale::Count).has_value());
        QVERIFY(!findings.direction({1, 2, 3}, 1).has_value());
        QVERIFY(!findings.changePoints({1, 2, 3}, 1, 4).has_value());
    }
};

PRISM_APPLESS_TEST(FindingsTest)

} // namespace tst_findings

#include "tst_findings.moc"
