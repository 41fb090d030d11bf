#include "client/ui/application/language.h"
#include "client/ui/widgets/panel.h"
#include "tests/gallery/real_window.h"
#include "tests/support/test_program.h"
#include "tests/ui/painted_texts.h"
#include "tests/ui/widgets_in.h"

#include <QAbstractButton>
#include <QApplication>
#include <QButtonGroup>
#include <QDir>
#include <QImage>
#include <QPixmap>
#include <QTest>

#include <algorithm>

namespace tst_keyboard_walk {

using namespace prism;

/// Through every page and dialog by Tab alone: it comes to each control, in the order in which they are read,
/// and one sees where it is. Leaves a picture of each step.
class TestKeyboardWalk : public QObject
{
    Q_OBJECT

private slots:
    void tab_comesToEachControl_data();
    void tab_comesToEachControl();
};

namespace {

QImage pictureOf(QWidget& window)
{
    QCoreApplication::processEvents();
    QCoreApplication::processEvents();
    return window.grab().toImage();
}

/// As much of the window as a control takes, with what may be drawn around it.
QRect placeIn(const QWidget& window, const QWidget& control)
{
    constexpr int around = 3;
    const QRect place(control.mapTo(&window, QPoint()), control.size());
    return place.adjusted(-around, -around, around, around) & window.rect();
}

/// Arrow keys go from the chosen one of a group to the others.
bool isReachedByArrows(const QWidget& control)
{
    const auto* button = qobject_cast<const QAbstractButton*>(&control);
    return button && button->group() && button->group()->exclusive() && !button->isChecked();
}

const QWidget* panelAround(const QWidget& control)
{
    for (const QWidget* around = control.parentWidget(); around; around = around->parentWidget()) {
        if (qobject_cast<const ui::Panel*>(around))
            return around;
    }
    return nullptr;
}

} // namespace

void TestKeyboardWalk::tab_comesToEachControl_data()
{
    QTest::addColumn<QString>("state");
    for (const char* state : {"dashboard", "dashboard-details", "dashboard-past", "records", "record-edit",
                              "record-conflict", "record-result", "settings", "servers", "chart-numbers",
                              "sign-in", "sign-in-code", "access", "token-new", "token-made", "audit"})
        QTest::newRow(state) << QString::fromLatin1(state);
}

void TestKeyboardWalk::tab_comesToEachControl()
{
    QFETCH(const QString, state);
    gallery::RealWindow real(state, ui::Language::all().first(), false);
    QVERIFY2(real.missed().isEmpty(), qPrintable(real.missed()));
    real.show({1280, 800});
    QWidget& window = real.shown();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    QDir folder(qEnvironmentVariable("PRISM_PICTURES_DIR", QDir::tempPath()));
    QVERIFY(folder.mkpath(QStringLiteral("keyboard")));

    QList<QWidget*> steps;
    QStringList faults;
    QImage before = pictureOf(window);
    int within = 0;
    for (;;) {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QWidget* now = window.focusWidget();
        QVERIFY(now && now->isVisible() && now->isEnabled());
        if (!steps.isEmpty() && now == steps.first())
            break;                 // around
        if (steps.contains(now)) { // from one part of a date to the next
            QVERIFY2(now == steps.last() && ++within < 20, qPrintable(test::placeOf(*now)));
            continue;
        }
        const QImage picture = pictureOf(window);
        const QRect place = placeIn(window, *now);
        if (picture.copy(place) == before.copy(place))
            faults.append(test::placeOf(*now) + QStringLiteral(" does not show that it is in use"));
        if (!steps.isEmpty() && panelAround(*now) && panelAround(*now) == panelAround(*steps.last()) &&
            place.bottom() < placeIn(window, *steps.last()).top())
            faults.append(test::placeOf(*now) + QStringLiteral(" comes after what is below it"));
        picture.save(folder.filePath(
            QStringLiteral("keyboard/%1-%2.png").arg(state).arg(steps.size() + 1, 2, 10, QLatin1Char('0'))));
        steps.append(now);
        before = picture;
    }
    const QList<QWidget*> controls = test::controlsOf(window);
    for (const QWidget* control : controls) {
        const bool isThere = control->isVisible() && control->isEnabled() && !control->focusProxy() &&
                             (control->focusPolicy() & Qt::TabFocus);
        const bool isReached = std::ranges::any_of(steps, [&](const QWidget* step) {
            return step == control || step->isAncestorOf(control); // a field's own line
        });
        if (isThere && !isReached && !isReachedByArrows(*control))
            faults.append(test::placeOf(*control) + QStringLiteral(" is not reached"));
    }
    QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
}

PRISM_WIDGET_TEST(TestKeyboardWalk)

} // namespace tst_keyboard_walk

#include "tst_keyboard_walk.moc"
