#pragma once

#include <QColor>
#include <QFont>

class QEvent;
class QPalette;
class QWidget;

namespace prism::ui {

/// What a colour says about the thing it colours.
enum class Tone { Neutral, Good, Caution, Bad, Info };

/// How loud a text speaks.
enum class TextRole { Figure, Number, Heading, Body, Strong, Caption };

/// Distances in device-independent pixels; everything in the window is a sum of these.
namespace space {
inline constexpr int tiny = 4;
inline constexpr int small = 8;
inline constexpr int medium = 12;
inline constexpr int large = 16;
inline constexpr int cornerRadius = 10;
} // namespace space

/// The colours of the window, named by what they are for. A plain value: every widget asks for the theme of
/// its window, so light and dark follow the desktop without anybody being told.
///
/// The tones are told apart by lightness as well as by hue (a bluish green against an orange red), and no
/// widget says anything by colour alone.
struct Theme
{
    bool dark = false;
    QColor canvas;  ///< behind the panels
    QColor surface; ///< panels
    QColor raised;  ///< controls on a panel, selected rows
    QColor outline;
    QColor text;
    QColor mutedText;
    QColor accent;
    QColor onAccent; ///< text on accent
    QColor grid;     ///< of charts

    /// For text and thin lines.
    QColor tone(Tone tone) const;
    /// For areas: bars, points, dots.
    QColor fill(Tone tone) const;
    /// A quiet background for text in the tone's own colour.
    QColor toneSurface(Tone tone) const;

    static Theme light();
    static Theme darkened();
    /// Light or dark, by the lightness of the palette's window colour.
    static Theme of(const QPalette& palette);
    /// Of the window that the widget is in.
    static Theme of(const QWidget* widget);
};

/// Whether the theme of a widget may be another one after this event. The palette changes before the style
/// sheet that goes with it is there, which brings back colours of before: what a widget makes of the theme,
/// and does not ask for when it paints, it makes after both.
bool changesTheme(const QEvent& event);

/// The application's font, scaled and weighted for a role.
QFont fontFor(TextRole role);

/// Gives a widget the font of its role, if it has another; to be called on QEvent::FontChange as well.
void applyFont(QWidget* widget, TextRole role);

} // namespace prism::ui
