#include "tests/ui/window/window_test.h"

#include <QSlider>
#include <QTableView>
#include <QTest>

namespace prism::test {

void WindowTest::openWindow()
{
    open();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

std::unique_ptr<desktop::Surroundings> WindowTest::surroundings(desktop::WindowMemory& memory)
{
    return std::make_unique<desktop::Surroundings>(
        model::Profile{QStringLiteral("ours"), m_server->url()},
        desktop::Surroundings::Parts{*m_workspace, *m_preferences, *m_language, *m_window, memory,
                                     m_notifier},
        desktop::Surroundings::Folders{m_folder.path(), m_folder.path()});
}

QHeaderView* WindowTest::columns(const ui::DashboardView* view)
{
    return view->findChild<QTableView*>(QStringLiteral("activity"))->horizontalHeader();
}

QSlider* WindowTest::slider() const
{
    return m_window->findChild<QSlider*>(QStringLiteral("time-slider"));
}

void WindowTest::openBar()
{
    QTest::keyClick(m_window.get(), Qt::Key_T, Qt::ControlModifier);
}

} // namespace prism::test
