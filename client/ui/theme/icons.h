#pragma once

#include <QColor>
#include <QIcon>

namespace prism::ui {

/// One of the project's single-colour drawings (`resources/icons/NAME.svg`, drawn in currentColor) in the
/// given colour, sharp at any scale factor.
QIcon icon(const QString& name, const QColor& colour);

/// The mark of the application, in its own colours.
QIcon applicationIcon();

} // namespace prism::ui
