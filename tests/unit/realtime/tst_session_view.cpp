#include "server/realtime/session_view.h"
#include "tests/support/test_program.h"

#include <QTest>

namespace tst_session_view {

using namespace prism::realtime;
using prism::protocol::Outlook;
using prism::protocol::Period;
using prism::protocol::Result;
using prism::protocol::TrendMetric;
using prism::protocol::View;

namespace {

const Part week{Part::Kind::Dashboard, Period::Week};
const Part month{Part::Kind::Dashboard, Period::Month};
const Part checks{Part::Kind::Trend, Period::Week, TrendMetric::Checks};

UpdatePtr of(const Part& part, quint64 contents)
{
    return std::make_shared<Update>(Update{part, {}, contents});
}

} // namespace

class SessionViewTest : public QObject
{
    Q_OBJECT

    ViewFeed m_feed{{}, ViewPace{.mostParts = 3}, {}};

private slots:
    void address_hasItsShare_andLooksAtWhatOthersDo()
    {
        ViewFeed feed({}, ViewPace{.mostParts = 6, .mostPartsOfOne = 2}, {});
        SessionView greedy(feed, "4 1");
        SessionView more(feed, "4 1");
        SessionView other(feed, "4 2");
        QVERIFY(greedy.look(View{Period::Week, {TrendMetric::Checks}}));
        QVERIFY2(!more.look(View{Period::Month, {TrendMetric::Checks}}), "its third");
        QVERIFY(more.look(View{Period::Week, {TrendMetric::Checks}}));
        QVERIFY(other.look(View{Period::Week, {TrendMetric::Checks}}));
        QVERIFY(other.look(View{Period::Month, {TrendMetric::Checks}}));
        QVERIFY2(more.look(View{Period::Month, {TrendMetric::Checks}}), "somebody else's");
        QVERIFY(other.look({}));
        QVERIFY(greedy.look({}));
        QVERIFY2(!greedy.look(View{Period::Week, {TrendMetric::Checks}}), "its address has two again");
        QVERIFY(more.look({}));
        QVERIFY(greedy.look(View{Period::Week, {TrendMetric::Checks}}));
    }

    void nothing_waitsWithoutAView()
    {
        SessionView view(m_feed);
        view.offer(of(week, 1));
        QVERIFY(!view.isWaiting());
    }

    void newest_isSentOnce()
    {
        SessionView view(m_feed);
        QVERIFY(view.look(View{Period::Week}));
        view.offer(of(week, 5));
        view.offer(of(month, 9));
        QVERIFY(view.isWaiting());
        view.offer(of(week, 7));
        QCOMPARE(view.take()->contents, 7U);
        QVERIFY(!view.isWaiting());
        view.offer(of(week, 7));
        QVERIFY(!view.isWaiting());
        QVERIFY(!view.take());
    }

    void parts_waitEachByItself()
    {
        SessionView view(m_feed);
        QVERIFY(view.look(View{Period::Week, {TrendMetric::Checks}}));
        view.offer(of(checks, 1));
        view.offer(of(week, 1));
        view.offer(of(week, 2));
        QCOMPARE(view.take()->part, week);
        QVERIFY(view.isWaiting());
        QCOMPARE(view.take()->part, checks);
        QVERIFY(!view.isWaiting());
    }

    void otherView_beginsAnew()
    {
        SessionView view(m_feed);
        QVERIFY(view.look(View{Period::Week, {TrendMetric::Checks}}));
        view.offer(of(week, 5));
        view.offer(of(checks, 5));
        QVERIFY(view.look(View{Period::Week}));
        QVERIFY(!view.isWaiting());
        view.offer(of(week, 5));
        QCOMPARE(view.take()->contents, 5U);
        view.offer(of(checks, 6));
        QVERIFY(!view.isWaiting());
        view.offer(of(week, 6));
        QVERIFY(view.look({}));
        QVERIFY(!view.isWaiting());
    }

    void moreThanThereMayBe_isNotLookedAt()
    {
        SessionView one(m_feed);
        QVERIFY(one.look(View{Period::Week, {TrendMetric::Checks}}));
        SessionView other(m_feed);
        QVERIFY(!other.look(View{Period::Month, {TrendMetric::Checks}}));
        other.offer(of(month, 1));
        QVERIFY(!other.isWaiting());
        QVERIFY(other.look(View{Period::Month})); // the refused view holds no place
        QVERIFY(one.look({}));
        QVERIFY(other.look(View{Period::Month, {TrendMetric::Checks}, Outlook{TrendMetric::Checks, 3}}));
    }
};

PRISM_TEST(SessionViewTest)

} // namespace tst_session_view

#include "tst_session_view.moc"
