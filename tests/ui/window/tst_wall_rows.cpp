#include "client/ui/dashboard/quality_panel.h"
#include "client/ui/widgets/meter.h"
#include "tests/support/test_program.h"
#include "tests/ui/window/window_test.h"

#include <QAbstractItemView>
#include <QImage>
#include <QPixmap>
#include <QScrollArea>
#include <QTest>

namespace tst_wall_rows {

using namespace prism;

/// That on a wall, where nobody scrolls, no list ends in the middle of a row.
class TestWallRows : public test::WindowTest
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { closeWindow(); }

    void list_endsWithAWholeRow_data();
    void list_endsWithAWholeRow();
    void principles_endWithAWholeRow();

private:
    protocol::Dashboard numbers(protocol::Period period) const override;
    void setHeight(int height);
};

protocol::Dashboard TestWallRows::numbers(protocol::Period period) const
{
    protocol::Dashboard dashboard = StubbedWindow::numbers(period);
    for (int i = 0; i < 20; ++i)
        dashboard.quality.topViolations.append({QString::number(i), {}, 20 - i, 0.01});
    return dashboard;
}

void TestWallRows::init()
{
    openWindow();
    m_workspace->start();
    QTRY_COMPARE(m_workspace->feed().state(), net::FeedState::Live);
    for (int i = 0; i < 60; ++i)
        m_server->publish();
    for (int i = 0; i < 20; ++i)
        m_server->raiseAlert(QString::number(i));
    QTRY_COMPARE(m_workspace->alerts().rowCount(), 20);
    QTRY_VERIFY(m_workspace->activity().rowCount() >= 60);
    m_window->setOnWall(true);
    m_window->setWindowState(Qt::WindowNoState); // which would fill the screen there is
}

void TestWallRows::setHeight(int height)
{
    m_window->resize(1920, height);
    QCoreApplication::processEvents();
    QCoreApplication::processEvents();
}

void TestWallRows::list_endsWithAWholeRow_data()
{
    QTest::addColumn<QString>("list");
    QTest::newRow("activity") << QStringLiteral("activity");
    QTest::newRow("alerts") << QStringLiteral("alerts");
}

void TestWallRows::list_endsWithAWholeRow()
{
    QFETCH(const QString, list);
    auto* view = m_window->findChild<QAbstractItemView*>(list);
    int partial = 0;
    for (int height = 1080; height < 1130; height += 10) {
        setHeight(height);
        const QRect room = view->viewport()->rect();
        const QRect last = view->visualRect(view->indexAt(room.bottomLeft()));
        if (!last.isValid() || last.bottom() <= room.bottom())
            continue;
        ++partial;
        const QImage picture = view->viewport()->grab(last & room).toImage();
        QCOMPARE(picture, [&] {
            QImage plain(picture);
            plain.fill(picture.pixelColor(0, 0));
            return plain;
        }());
    }
    QVERIFY(partial > 0);
}

void TestWallRows::principles_endWithAWholeRow()
{
    const auto* panel = m_window->findChild<ui::QualityPanel*>();
    const auto* scroll = panel->findChild<QScrollArea*>();
    const auto meters = scroll->findChildren<ui::Meter*>();
    QVERIFY(meters.size() > 20);
    for (int height = 1080; height < 1130; height += 10) {
        setHeight(height);
        int shown = 0;
        for (const ui::Meter* meter : meters) {
            if (!meter->isVisible())
                continue;
            ++shown;
            const QRect place(meter->mapTo(scroll->viewport(), QPoint()), meter->size());
            QVERIFY2(scroll->viewport()->rect().contains(place), qPrintable(QString::number(height)));
        }
        QVERIFY(shown > 0 && shown < meters.size());
    }
}

PRISM_WIDGET_TEST(TestWallRows)

} // namespace tst_wall_rows

#include "tst_wall_rows.moc"
