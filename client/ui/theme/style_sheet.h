#pragma once

class QPalette;
class QString;

namespace prism::ui {

struct Theme;

/// The theme as a palette, for everything that Qt paints by roles.
QPalette paletteFor(const Theme& theme);

/// The looks of the controls that a palette cannot describe: rounded buttons, flat tables, thin scroll bars.
QString styleSheetFor(const Theme& theme);

} // namespace prism::ui
