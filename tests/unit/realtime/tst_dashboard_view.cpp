#include "server/realtime/dashboard_view.h"
#include "tests/support/test_program.h"

#include <QTest>

using namespace prism::realtime;
using prism::protocol::Period;
using prism::protocol::Result;
using prism::protocol::Seq;

class DashboardViewTest : public QObject
{
    Q_OBJECT

    DashboardFeed m_feed{
        [] { return [](Period) -> Result<EncodedDashboard> { return EncodedDashboard{}; }; },
        std::chrono::milliseconds(1),
        [](Period, const DashboardPtr&) {},
    };

    static DashboardPtr of(Seq seq, quint64 noise = 0)
    {
        return std::make_shared<EncodedDashboard>(EncodedDashboard{seq, {}, noise});
    }

private slots:
    void nothing_waitsWithoutAPeriod()
    {
        DashboardView view(m_feed);
        view.offer(Period::Week, of(1));
        QVERIFY(!view.isWaiting());
    }

    void newest_isSentOnce()
    {
        DashboardView view(m_feed);
        view.look(Period::Week);
        view.offer(Period::Week, of(5));
        view.offer(Period::Month, of(9));
        view.offer(Period::Week, of(3));
        QVERIFY(view.isWaiting());
        view.offer(Period::Week, of(7));
        QCOMPARE(view.take()->seq, 7);
        QVERIFY(!view.isWaiting());
        view.offer(Period::Week, of(7));
        QVERIFY(!view.isWaiting());
    }

    void otherVerdicts_areSentOnce()
    {
        DashboardView view(m_feed);
        view.look(Period::Week);
        view.offer(Period::Week, of(5, 1));
        QCOMPARE(view.take()->noise, 1U);
        view.offer(Period::Week, of(5, 2));
        QVERIFY(view.isWaiting());
        QCOMPARE(view.take()->noise, 2U);
        view.offer(Period::Week, of(5, 2));
        QVERIFY(!view.isWaiting());
        view.offer(Period::Week, of(4, 3));
        QVERIFY(!view.isWaiting());
    }

    void otherPeriod_beginsAnew()
    {
        DashboardView view(m_feed);
        view.look(Period::Week);
        view.offer(Period::Week, of(5));
        view.look(Period::Month);
        QVERIFY(!view.isWaiting());
        view.offer(Period::Month, of(5));
        QCOMPARE(view.take()->seq, 5);
        view.offer(Period::Month, of(6));
        view.look({});
        QVERIFY(!view.isWaiting());
    }
};

PRISM_TEST(DashboardViewTest)
#include "tst_dashboard_view.moc"
