#include "tests/support/test_program.h"
#include "tests/ui/window/window_test.h"

#include <QTest>

namespace tst_page_scroll {

using namespace prism;

/// A page on a screen that is too small for it.
class TestPageScroll : public test::WindowTest
{
    Q_OBJECT

private slots:
    void init() { openWindow(); }
    void cleanup() { closeWindow(); }

    void whatIsBelow_isScrolledToByTheFocus();
};

void TestPageScroll::whatIsBelow_isScrolledToByTheFocus()
{
    m_workspace->start();
    QTRY_COMPARE(m_workspace->feed().state(), net::FeedState::Live);
    for (int i = 0; i < 5; ++i)
        m_server->raiseAlert(QString::number(i));
    QTRY_COMPARE(m_workspace->alerts().rowCount(), 5);
    m_window->resize(911, 512);
    auto* alerts = m_window->findChild<QWidget*>(QStringLiteral("alerts"));
    const QWidget* page = m_times->parentWidget(); // as much of it as is in sight
    const auto isInSight = [&] {
        return page->rect().contains(QRect(alerts->mapTo(page, QPoint()), alerts->size()));
    };
    QTRY_VERIFY(alerts->isVisible());
    QTRY_VERIFY(!isInSight());
    alerts->setFocus(Qt::TabFocusReason);
    QVERIFY(isInSight());
}

PRISM_WIDGET_TEST(TestPageScroll)

} // namespace tst_page_scroll

#include "tst_page_scroll.moc"
