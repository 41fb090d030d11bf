#include "client/ui/theme/theme.h"

#include <QEvent>
#include <QGuiApplication>
#include <QPalette>
#include <QWidget>

namespace prism::ui {

QColor Theme::tone(Tone tone) const
{
    switch (tone) {
    case Tone::Good:
        return dark ? QColor(0x4c, 0xc9, 0x9a) : QColor(0x0e, 0x7a, 0x5a);
    case Tone::Caution:
        return dark ? QColor(0xf2, 0xb8, 0x4b) : QColor(0x9a, 0x5c, 0x00);
    case Tone::Bad:
        return dark ? QColor(0xff, 0x86, 0x75) : QColor(0xc2, 0x33, 0x23);
    case Tone::Info:
        return dark ? QColor(0x7f, 0xb0, 0xff) : QColor(0x24, 0x5f, 0xb8);
    case Tone::Neutral:
        break;
    }
    return mutedText;
}

QColor Theme::fill(Tone tone) const
{
    if (dark)
        return this->tone(tone);
    switch (tone) {
    case Tone::Good:
        return {0x1d, 0x9a, 0x75};
    case Tone::Caution:
        return {0xe3, 0xa0, 0x2c};
    case Tone::Bad:
        return {0xd6, 0x45, 0x34};
    case Tone::Info:
        return {0x3b, 0x76, 0xd6};
    case Tone::Neutral:
        break;
    }
    return mutedText;
}

QColor Theme::toneSurface(Tone tone) const
{
    const QColor ink = this->tone(tone);
    const double share = dark ? 0.18 : 0.11;
    const auto mix = [share](int over, int under) { return int(share * over + (1 - share) * under); };
    return {mix(ink.red(), surface.red()), mix(ink.green(), surface.green()),
            mix(ink.blue(), surface.blue())};
}

Theme Theme::light()
{
    Theme theme;
    theme.canvas = QColor(0xf3, 0xf5, 0xf8);
    theme.surface = QColor(0xff, 0xff, 0xff);
    theme.raised = QColor(0xee, 0xf1, 0xf6);
    theme.outline = QColor(0xdf, 0xe4, 0xec);
    theme.text = QColor(0x17, 0x20, 0x2e);
    theme.mutedText = QColor(0x5a, 0x67, 0x78);
    theme.accent = QColor(0x2d, 0x5b, 0xd0);
    theme.onAccent = QColor(0xff, 0xff, 0xff);
    theme.grid = QColor(0xe9, 0xed, 0xf3);
    return theme;
}

Theme Theme::darkened()
{
    Theme theme;
    theme.dark = true;
    theme.canvas = QColor(0x10, 0x14, 0x1a);
    theme.surface = QColor(0x19, 0x1f, 0x28);
    theme.raised = QColor(0x26, 0x2e, 0x3a);
    theme.outline = QColor(0x2b, 0x34, 0x41);
    theme.text = QColor(0xe8, 0xec, 0xf2);
    theme.mutedText = QColor(0x9d, 0xa9, 0xb9);
    theme.accent = QColor(0x86, 0xab, 0xff);
    theme.onAccent = QColor(0x0c, 0x14, 0x24);
    theme.grid = QColor(0x27, 0x2f, 0x3b);
    return theme;
}

Theme Theme::of(const QPalette& palette)
{
    return palette.color(QPalette::Active, QPalette::Window).lightness() < 128 ? darkened() : light();
}

Theme Theme::of(const QWidget* widget)
{
    // Not its own palette: style sheets change that of transparent widgets.
    return of(widget->window()->palette());
}

bool changesTheme(const QEvent& event)
{
    return event.type() == QEvent::PaletteChange || event.type() == QEvent::StyleChange;
}

void applyFont(QWidget* widget, TextRole role)
{
    const QFont wanted = fontFor(role);
    if (widget->font().pointSizeF() != wanted.pointSizeF() || widget->font().weight() != wanted.weight())
        widget->setFont(wanted);
}

QFont fontFor(TextRole role)
{
    QFont font = QGuiApplication::font();
    const double size = font.pointSizeF() > 0 ? font.pointSizeF() : 10.0;
    switch (role) {
    case TextRole::Figure:
        font.setPointSizeF(size * 2.1);
        font.setWeight(QFont::DemiBold);
        break;
    case TextRole::Number:
        font.setPointSizeF(size * 1.3);
        font.setWeight(QFont::DemiBold);
        break;
    case TextRole::Heading:
        font.setPointSizeF(size * 1.05);
        font.setWeight(QFont::DemiBold);
        break;
    case TextRole::Strong:
        font.setWeight(QFont::DemiBold);
        break;
    case TextRole::Caption:
        font.setPointSizeF(size * 0.92);
        break;
    case TextRole::Body:
        break;
    }
    return font;
}

} // namespace prism::ui
