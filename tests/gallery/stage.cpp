#include "tests/gallery/stage.h"

#include "client/ui/theme/palette_watcher.h"
#include "client/ui/theme/style_sheet.h"
#include "client/ui/theme/theme.h"

#include <QApplication>
#include <QVBoxLayout>

namespace prism::gallery {

Stage::Stage(QWidget* exhibit, QWidget* parent)
    : QWidget(parent)
{
    setWindowFlag(Qt::Window); // widgets ask their window for the theme
    setAutoFillBackground(true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(ui::space::large, ui::space::medium, ui::space::large, ui::space::medium);
    layout->addWidget(exhibit);
    connect(new ui::PaletteWatcher(this), &ui::PaletteWatcher::changed, this, &Stage::applyTheme);
    setLocale(QLocale());
    applyTheme();
    setFocusPolicy(Qt::StrongFocus);
    setFocus(); // nothing on it is in use
}

void Stage::applyTheme()
{
    const ui::Theme theme = ui::Theme::of(QGuiApplication::palette());
    setStyleSheet({}); // a style sheet would bring the palette before it back
    setPalette(ui::paletteFor(theme));
    setStyleSheet(ui::styleSheetFor(theme));
}

void choosePalette(bool dark)
{
    QPalette palette;
    palette.setColor(QPalette::Window, dark ? Qt::black : Qt::white);
    palette.setColor(QPalette::WindowText, dark ? Qt::white : Qt::black);
    QApplication::setPalette(palette);
}

} // namespace prism::gallery
