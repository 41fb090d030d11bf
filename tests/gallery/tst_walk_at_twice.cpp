#include "client/ui/application/language.h"
#include "tests/gallery/real_window.h"
#include "tests/support/test_program.h"
#include "tests/ui/laid_out.h"

#include <QDir>
#include <QImage>
#include <QPixmap>
#include <QTest>

namespace tst_walk_at_twice {

using namespace prism;

/// Through every state of the window on a screen of 1920x1080 at 200 %, as its CTest entry sets it. Leaves a
/// picture of each.
class TestWalkAtTwice : public QObject
{
    Q_OBJECT

private slots:
    void everything_fitsAndIsDrawnFinely_data();
    void everything_fitsAndIsDrawnFinely();
};

void TestWalkAtTwice::everything_fitsAndIsDrawnFinely_data()
{
    QTest::addColumn<QString>("state");
    QTest::addColumn<QLocale>("language"); ///< one or the other
    const QList<QLocale> languages = ui::Language::all();
    const QStringList states = gallery::RealWindow::states();
    for (qsizetype i = 0; i < states.size(); ++i)
        QTest::newRow(qPrintable(states[i])) << states[i] << languages[i % languages.size()];
}

void TestWalkAtTwice::everything_fitsAndIsDrawnFinely()
{
    QFETCH(const QString, state);
    QFETCH(const QLocale, language);
    QDir folder(qEnvironmentVariable("PRISM_PICTURES_DIR", QDir::tempPath()));
    QVERIFY(folder.mkpath(QStringLiteral("twice")));
    gallery::RealWindow window(state, language, false);
    QVERIFY2(window.missed().isEmpty(), qPrintable(window.missed()));
    window.show({960, 540});
    QWidget& shown = window.shown();
    const QPixmap picture = shown.grab();
    QCOMPARE(picture.devicePixelRatio(), 2.0);
    QCOMPARE(picture.size(), shown.size() * 2);
    picture.save(
        folder.filePath(QStringLiteral("twice/%1-%2.png").arg(state, ui::Language::codeOf(language))));
    const QStringList faults = test::misplaced(shown);
    QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
}

PRISM_WIDGET_TEST(TestWalkAtTwice)

} // namespace tst_walk_at_twice

#include "tst_walk_at_twice.moc"
