#include "client/ui/application/language.h"
#include "tests/gallery/measured.h"
#include "tests/gallery/real_window.h"
#include "tests/support/test_program.h"
#include "tests/ui/laid_out.h"

#include <QDialog>
#include <QTest>

namespace tst_laid_out {

using namespace prism;

/// That everything has the room it needs and can be reached, in every state of the window and on every screen
/// that somebody may have: measured in what was laid out.
class TestLaidOut : public QObject
{
    Q_OBJECT

private slots:
    void everything_hasItsRoom_data();
    void everything_hasItsRoom();
};

namespace {

// 1366x768 at 150 %, the least that is promised, a laptop, a large screen.
constexpr QSize sizes[] = {{911, 512}, {960, 640}, {1280, 800}, {1920, 1080}};

} // namespace

void TestLaidOut::everything_hasItsRoom_data()
{
    QTest::addColumn<QString>("state");
    QTest::addColumn<QLocale>("first"); ///< the language it is opened in, one or the other
    const QList<QLocale> languages = ui::Language::all();
    const QStringList states = gallery::RealWindow::states();
    for (qsizetype i = 0; i < states.size(); ++i)
        QTest::newRow(qPrintable(states[i])) << states[i] << languages[i % languages.size()];
}

void TestLaidOut::everything_hasItsRoom()
{
    QFETCH(const QString, state);
    QFETCH(const QLocale, first);
    gallery::Measured faults(QStringLiteral("laid-out"));
    const QList<QLocale> languages = ui::Language::all();
    const QLocale& second = first == languages.first() ? languages.last() : languages.first();
    gallery::RealWindow window(state, first, false);
    QVERIFY2(window.missed().isEmpty(), qPrintable(window.missed()));
    for (const QLocale& language : {first, second}) {
        window.setLanguage(language);
        for (const QSize& size : sizes) {
            window.show(size);
            QWidget& shown = window.shown();
            if (!window.hasOwnSize())
                QCOMPARE(shown.size(), size); // it becomes as small as the screen
            faults.note(test::misplaced(shown), shown, state, gallery::whereOf(shown, language));
            if (window.hasOwnSize())
                break;
        }
    }
    if (auto* dialog = qobject_cast<QDialog*>(&window.shown())) {
        dialog->resize(dialog->minimumSizeHint());
        window.show({});
        faults.note(test::misplaced(*dialog), *dialog, state, gallery::whereOf(*dialog, second));
    }
    QVERIFY2(faults.isClean(), faults.text().constData());
}

PRISM_WIDGET_TEST(TestLaidOut)

} // namespace tst_laid_out

#include "tst_laid_out.moc"
