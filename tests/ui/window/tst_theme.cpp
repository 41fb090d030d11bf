#include "client/ui/application/appearance.h"
#include "client/ui/window/page.h"
#include "tests/support/test_program.h"
#include "tests/ui/painted_texts.h"
#include "tests/ui/window/window_test.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QCalendarWidget>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QDir>
#include <QTest>

namespace tst_theme {

using namespace prism;

/// That everything can be read in the theme that was chosen while the window was open, and nothing is left of
/// the one before: measured in what was painted.
class ThemeTest : public test::WindowTest
{
    Q_OBJECT

    static void verifyReadable(QWidget& window, const QByteArray& what)
    {
        QCoreApplication::processEvents(); // layouts and posted palettes
        QCoreApplication::processEvents();
        const QStringList unreadable = test::unreadableTexts(window);
        if (!unreadable.isEmpty() && qEnvironmentVariableIsSet("PRISM_ARTEFACTS_DIR"))
            window.grab().save(QDir(qEnvironmentVariable("PRISM_ARTEFACTS_DIR"))
                                   .filePath(QStringLiteral("theme-%1.png").arg(QString::fromLatin1(what))));
        const QString found =
            QString::fromLatin1(what) + QLatin1String(":\n") + unreadable.join(QLatin1Char('\n'));
        QVERIFY2(!test::paintedTexts(window).isEmpty(), what.constData());
        QVERIFY2(unreadable.isEmpty(), qPrintable(found));
    }

    /// Every page as it is painted now.
    void readAll(const QByteArray& when)
    {
        for (const ui::Page page : ui::allPages) {
            m_window->setPage(page);
            verifyReadable(*m_window, when + ' ' + toString(page).toLatin1());
            if (QTest::currentTestFailed())
                return;
        }
    }

private slots:
    void init()
    {
        openWindow();
        m_workspace->start();
        QTRY_COMPARE(m_workspace->feed().state(), net::FeedState::Live);
        QTRY_COMPARE(m_view->card(ui::StatCard::Kind::TotalChecks)->valueText(), QStringLiteral("12,345"));
    }

    void cleanup()
    {
        closeWindow();
        QApplication::setPalette(QPalette());
    }

    void everyText_isReadableAfterEachSwitch()
    {
        const ui::Appearance appearance(*m_preferences);
        readAll("at the start");
        using model::ThemeChoice;
        const std::pair<ThemeChoice, const char*> choices[] = {
            {ThemeChoice::Dark, "dark"},         {ThemeChoice::Light, "light again"},
            {ThemeChoice::Dark, "dark again"},   {ThemeChoice::System, "as the desktop"},
            {ThemeChoice::Dark, "dark at last"}, {ThemeChoice::Light, "light at last"}};
        for (const auto& [choice, when] : choices) {
            m_preferences->setTheme(choice);
            readAll(when);
            if (QTest::currentTestFailed())
                return;
        }
    }

    void popups_data()
    {
        QTest::addColumn<model::ThemeChoice>("choice");
        QTest::newRow("light") << model::ThemeChoice::Light;
        QTest::newRow("dark") << model::ThemeChoice::Dark;
    }

    void popups()
    {
        QFETCH(const model::ThemeChoice, choice);
        const ui::Appearance appearance(*m_preferences);
        m_preferences->setTheme(choice == model::ThemeChoice::Dark ? model::ThemeChoice::Light
                                                                   : model::ThemeChoice::Dark);
        m_preferences->setTheme(choice);
        openBar();
        auto* field = m_window->findChild<QDateTimeEdit*>(QStringLiteral("time-field"));
        QTRY_VERIFY(field->isVisible());
        QTest::mouseClick(field, Qt::LeftButton, {}, QPoint(field->width() - 8, field->height() / 2));
        QTRY_VERIFY(field->calendarWidget()->isVisible());
        verifyReadable(*field->calendarWidget()->window(), "calendar");
        field->calendarWidget()->window()->close();

        const QList<QComboBox*> combos = m_window->findChildren<QComboBox*>();
        for (QComboBox* combo : combos) {
            if (!combo->isVisible())
                continue;
            combo->showPopup();
            QTRY_VERIFY(combo->view()->isVisible());
            verifyReadable(*combo->view()->window(), "choices-" + combo->objectName().toLatin1());
            combo->hidePopup();
        }
    }
};

PRISM_WIDGET_TEST(ThemeTest)

} // namespace tst_theme

#include "tst_theme.moc"
