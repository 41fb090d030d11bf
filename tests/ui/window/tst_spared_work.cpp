#include "tests/support/test_program.h"
#include "tests/ui/painted_parts.h"
#include "tests/ui/window/main_window_test.h"

#include <QGraphicsView>
#include <QTest>

namespace tst_spared_work {

using namespace prism;
using test::PaintedParts;

/// What an event does not do to the window.
class TestSparedWork : public QObject, private test::MainWindowTest
{
    Q_OBJECT

private slots:
    void init() { begin(); }
    void cleanup() { end(); }

    void event_paintsWhatItChanges();

private:
    void happen(int number);
};

/// A check that changes one number, until it is seen in row and card.
void TestSparedWork::happen(int number)
{
    m_dashboard.summary.totalChecks = number;
    const int rows = m_workspace->activity().rowCount();
    m_server->publish();
    QTRY_COMPARE(m_workspace->activity().rowCount(), rows + 1);
    QTRY_COMPARE(m_view->card(Kind::TotalChecks)->valueText(), QLocale().toString(number));
    QTRY_COMPARE(*m_workspace->dashboard().age(), std::chrono::milliseconds(0));
    test::paintAll(*m_window);
}

void TestSparedWork::event_paintsWhatItChanges()
{
    happen(20'001);
    PaintedParts changed(*m_view->card(Kind::TotalChecks));
    PaintedParts same(*m_view->card(Kind::Violations));
    const QList<QGraphicsView*> charts = m_view->findChildren<QGraphicsView*>();
    QCOMPARE(charts.size(), 2);
    PaintedParts trend(*charts[0]->viewport());
    PaintedParts times(*charts[1]->viewport());
    happen(20'002);
    QVERIFY(changed.times() > 0);
    QCOMPARE(same.times(), 0);
    QCOMPARE(trend.times(), 0);
    QCOMPARE(times.times(), 0);
}

PRISM_WIDGET_TEST(TestSparedWork)

} // namespace tst_spared_work

#include "tst_spared_work.moc"
