#include "client/ui/application/appearance.h"
#include "client/ui/dashboard/check_time_panel.h"
#include "client/ui/theme/theme.h"
#include "client/ui/window/connection_badge.h"
#include "tests/support/test_program.h"
#include "tests/ui/widgets_in.h"
#include "tests/ui/window/main_window_test.h"

#include <QApplication>
#include <QComboBox>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>

namespace tst_chosen_looks {

using namespace prism;

/// What a person chooses for the window: its language, theme and limits.
class TestChosenLooks : public QObject, private test::MainWindowTest
{
    Q_OBJECT

private slots:
    void init() { begin(); }
    void cleanup() { end(); }

    void languageSwitch_retranslatesEverything();
    void languageCombo_switches();
    void plurals_areEnglishToo();
    void darkPalette_makesADarkWindow();
    void chosenTheme_winsOverTheDesktop();
    void checkTimeLimits_areAppliedAtOnce();
    void languageChosen_isRemembered();
};

void TestChosenLooks::languageSwitch_retranslatesEverything()
{
    m_server->publish();
    QTRY_VERIFY(m_workspace->activity().rowCount() > 0);
    m_language->set(QLocale(QLocale::Chinese));
    QCoreApplication::sendPostedEvents(); // Qt posts the news to windows
    QCOMPARE(m_view->card(Kind::TotalChecks)->title(), QStringLiteral("检查总数"));
    QCOMPARE(m_view->card(Kind::TotalChecks)->changeText(), QStringLiteral("▲ +23.5% 增多"));
    QVERIFY(m_window->findChild<ui::ConnectionBadge*>()->text().startsWith(QStringLiteral("实时")));

    // Words of Latin letters that are no words of English.
    static const QRegularExpression allowed(
        QStringLiteral("PRISM|Gateway|Ctrl\\+\\w|Alt\\+\\d|F5|Enter|Del|Esc|PASS|WARNING|BLOCKED|INFO|BLOCK|"
                       "p50|p95|p99|JSON|Webhook|http://[\\w.:]+|P2|Least "
                       "privilege|(record|check|project)-?\\d*"));
    static const QRegularExpression english(QStringLiteral("[A-Za-z]{2,}"));
    const QStringList all = test::textsOf(*m_window);
    for (QString text : all) {
        const QString whole = text;
        QVERIFY2(!text.remove(allowed).contains(english), qPrintable(whole));
    }

    m_language->set(QLocale(QLocale::English, QLocale::UnitedStates));
    QCoreApplication::sendPostedEvents();
    QCOMPARE(m_view->card(Kind::TotalChecks)->title(), QStringLiteral("Total checks"));
    const QStringList back = test::textsOf(*m_window);
    for (const QString& text : back)
        QVERIFY2(std::ranges::none_of(text, [](QChar c) { return c.script() == QChar::Script_Han; }),
                 qPrintable(text));
}

void TestChosenLooks::languageCombo_switches()
{
    auto* combo = m_window->findChild<QComboBox*>(QStringLiteral("language"));
    QCOMPARE(combo->currentText(), QStringLiteral("English"));
    combo->setFocus();
    QTest::keyClick(combo, Qt::Key_Down);
    QCOMPARE(combo->currentText(), QStringLiteral("简体中文"));
    QCOMPARE(m_language->current().language(), QLocale::Chinese);
    QCOMPARE(m_window->locale().language(), QLocale::Chinese);
}

void TestChosenLooks::plurals_areEnglishToo()
{
    QCOMPARE(QCoreApplication::translate("prism::ui::AlertsPanel", "%Ln alert(s)", nullptr, 1),
             QStringLiteral("1 alert"));
    QCOMPARE(QCoreApplication::translate("prism::ui::AlertsPanel", "%Ln alert(s)", nullptr, 1'200),
             QStringLiteral("1,200 alerts"));
}

void TestChosenLooks::darkPalette_makesADarkWindow()
{
    const QPalette before = QApplication::palette();
    QPalette dark;
    dark.setColor(QPalette::Window, Qt::black);
    dark.setColor(QPalette::WindowText, Qt::white);
    QApplication::setPalette(dark);
    QTRY_VERIFY(ui::Theme::of(m_view).dark);
    QVERIFY(m_window->grab().toImage().pixelColor(4, 4).lightness() < 60);
    QApplication::setPalette(before);
    QTRY_VERIFY(!ui::Theme::of(m_view).dark);
    QVERIFY(m_window->grab().toImage().pixelColor(4, 4).lightness() > 200);
}

void TestChosenLooks::chosenTheme_winsOverTheDesktop()
{
    const ui::Appearance appearance(*m_preferences);
    QVERIFY(!ui::Theme::of(m_view).dark);
    m_preferences->setTheme(model::ThemeChoice::Dark);
    QTRY_VERIFY(ui::Theme::of(m_view).dark);
    m_preferences->setTheme(model::ThemeChoice::Light);
    QTRY_VERIFY(!ui::Theme::of(m_view).dark);
    m_preferences->setTheme(model::ThemeChoice::Dark);
    QTRY_VERIFY(ui::Theme::of(m_view).dark);
    m_preferences->setTheme(model::ThemeChoice::System);
    QTRY_VERIFY(!ui::Theme::of(m_view).dark);
}

void TestChosenLooks::checkTimeLimits_areAppliedAtOnce()
{
    const auto* panel = m_window->findChild<ui::CheckTimePanel*>();
    QVERIFY(panel->legendTexts().contains(QStringLiteral("< 10")));
    QVERIFY(m_preferences->setCheckTimeLimits({2.5, 200}));
    QCOMPARE(panel->legendTexts(),
             QStringList({QStringLiteral("< 2.5"), QStringLiteral("< 200"), QStringLiteral("≥ 200")}));
}

void TestChosenLooks::languageChosen_isRemembered()
{
    auto* combo = m_window->findChild<QComboBox*>(QStringLiteral("language"));
    combo->setFocus();
    QTest::keyClick(combo, Qt::Key_Down);
    QCOMPARE(m_preferences->language(), QStringLiteral("zh_CN"));
    QTest::keyClick(combo, Qt::Key_Up);
    QCOMPARE(m_preferences->language(), QStringLiteral("en"));
}

PRISM_WIDGET_TEST(TestChosenLooks)

} // namespace tst_chosen_looks

#include "tst_chosen_looks.moc"
