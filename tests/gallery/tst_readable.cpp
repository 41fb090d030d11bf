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
#include <array>

namespace tst_readable {

using namespace prism;

/// That everything can be read in every state of the window, in the theme it was opened in and in the one
/// that was chosen since, and that nothing is left of the one before: measured in what was painted.
class TestReadable : public QObject
{
    Q_OBJECT

private slots:
    void everything_isReadableAndOfOneTheme_data();
    void everything_isReadableAndOfOneTheme();
};

namespace {

constexpr QSize size(1280, 800);

/// What is old is dimmed, and can still be read.
bool isVeiled(const QWidget& shown)
{
    const QList<ui::Veil*> veils = shown.findChildren<ui::Veil*>();
    return std::ranges::any_of(veils, [](const ui::Veil* veil) { return veil->isVisible(); });
}

using Colours = QHash<QRgb, int>;

/// What is there after a switch, and was before it, but is not where that theme was chosen from the start.
/// The edges of letters have shades of their own, a few pixels of each.
QStringList leftOf(const Colours& before, const Colours& opened, const Colours& switched)
{
    constexpr int speck = 24;
    QStringList left;
    for (auto colour = switched.cbegin(); colour != switched.cend(); ++colour) {
        if (*colour >= speck && before.contains(colour.key()) && !opened.contains(colour.key()))
            left.append(QStringLiteral("%1 pixels of %2").arg(*colour).arg(QColor(colour.key()).name()));
    }
    return left;
}

} // namespace

void TestReadable::everything_isReadableAndOfOneTheme_data()
{
    QTest::addColumn<QString>("state");
    QTest::addColumn<QLocale>("language"); ///< one or the other
    const QList<QLocale> languages = ui::Language::all();
    const QStringList states = gallery::RealWindow::states();
    for (qsizetype i = 0; i < states.size(); ++i)
        QTest::newRow(qPrintable(states[i])) << states[i] << languages[i % languages.size()];
}

void TestReadable::everything_isReadableAndOfOneTheme()
{
    QFETCH(const QString, state);
    QFETCH(const QLocale, language);
    gallery::Measured faults(QStringLiteral("unreadable"));
    std::array<Colours, 2> opened;
    std::array<Colours, 2> switched; // into the theme
    for (const bool dark : {false, true}) {
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
            Colours& colours = isDark == dark ? opened[dark] : switched[isDark];
            if (colours.isEmpty()) {
                const QImage picture = shown.grab().toImage().convertToFormat(QImage::Format_RGB32);
                colours = test::coloursIn(picture, picture.rect());
            }
        }
    }
    QVERIFY2(faults.isClean(), faults.text().constData());
    for (const bool dark : {false, true}) {
        const QStringList left = leftOf(opened[!dark], opened[dark], switched[dark]);
        QVERIFY2(left.isEmpty(), qPrintable(left.join(u'\n')));
    }
}

PRISM_WIDGET_TEST(TestReadable)

} // namespace tst_readable

#include "tst_readable.moc"
