#include "client/ui/application/language.h"
#include "client/ui/widgets/veil.h"
#include "tests/gallery/measured.h"
#include "tests/gallery/real_window.h"
#include "tests/support/test_program.h"
#include "tests/ui/painted_texts.h"

#include <QHash>
#include <QImage>
#include <QPixmap>
#include <QTest>

#include <algorithm>

namespace tst_readable {

using namespace prism;

/// That everything can be read in every state of the window, in the theme it was opened in and in the one
/// that was chosen since, and that nothing is left of the one before: measured in what was painted.
class TestReadable : public QObject
{
    Q_OBJECT

private slots:
    void everyText_isReadableAfterEachSwitch_data() { addStates(); }
    void everyText_isReadableAfterEachSwitch();
    void afterASwitch_nothingIsLeftOfTheThemeBefore_data() { addStates(); }
    void afterASwitch_nothingIsLeftOfTheThemeBefore();

private:
    static void addStates();
};

namespace {

constexpr QSize size(1280, 800);

/// What is old is dimmed, and can still be read.
bool isVeiled(const QWidget& shown)
{
    const QList<ui::Veil*> veils = shown.findChildren<ui::Veil*>();
    return std::ranges::any_of(veils, [](const ui::Veil* veil) { return veil->isVisible(); });
}

/// How often each colour is there.
QHash<QRgb, int> coloursOf(gallery::RealWindow& window)
{
    window.show(size);
    const QImage picture = window.shown().grab().toImage();
    QHash<QRgb, int> colours;
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < picture.width(); ++x)
            ++colours[picture.pixel(x, y)];
    }
    return colours;
}

} // namespace

void TestReadable::addStates()
{
    QTest::addColumn<QString>("state");
    const QStringList states = gallery::RealWindow::states();
    for (const QString& state : states)
        QTest::newRow(qPrintable(state)) << state;
}

void TestReadable::everyText_isReadableAfterEachSwitch()
{
    QFETCH(const QString, state);
    gallery::Measured faults(QStringLiteral("unreadable"));
    for (const bool dark : {false, true}) {
        const QLocale language = dark ? ui::Language::all().last() : ui::Language::all().first();
        gallery::RealWindow window(state, language, dark);
        QVERIFY2(window.missed().isEmpty(), qPrintable(window.missed()));
        for (const bool isDark : {dark, !dark, dark}) {
            window.setDark(isDark);
            window.show(size);
            QWidget& shown = window.shown();
            QVERIFY(!test::paintedTexts(shown).isEmpty());
            faults.note(test::unreadableTexts(shown, isVeiled(shown) ? 3 : 4.5), shown, state,
                        gallery::whereOf(shown, language) +
                            (isDark ? QLatin1String("-dark") : QLatin1String("-light")));
        }
    }
    QVERIFY2(faults.isClean(), faults.text().constData());
}

void TestReadable::afterASwitch_nothingIsLeftOfTheThemeBefore()
{
    QFETCH(const QString, state);
    for (const bool dark : {false, true}) {
        QHash<QRgb, int> opened;
        QHash<QRgb, int> before;
        {
            gallery::RealWindow window(state, ui::Language::all().first(), dark);
            opened = coloursOf(window);
        }
        gallery::RealWindow window(state, ui::Language::all().first(), !dark);
        before = coloursOf(window);
        window.setDark(dark);
        const QHash<QRgb, int> switched = coloursOf(window);
        for (auto colour = switched.cbegin(); colour != switched.cend(); ++colour) {
            // The edges of letters of other words have shades of their own, a few pixels of each.
            constexpr int speck = 24;
            const bool isLeft = before.contains(colour.key()) && !opened.contains(colour.key());
            QVERIFY2(
                !isLeft || *colour < speck,
                qPrintable(QStringLiteral("%1 pixels of %2").arg(*colour).arg(QColor(colour.key()).name())));
        }
    }
}

PRISM_WIDGET_TEST(TestReadable)

} // namespace tst_readable

#include "tst_readable.moc"
