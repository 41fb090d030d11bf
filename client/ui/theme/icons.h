#pragma once

#include <QColor>
#include <QIcon>

namespace prism::ui {

/// One of the project's single-colour drawings (`resources/icons/NAME.svg`, drawn in currentColor) in the
/// given colour, sharp at any scale factor.
QIcon icon(const QString& name, const QColor& colour);

/// The same for a control that can be disabled or checked, with a colour for each.
QIcon icon(const QString& name, const QColor& normal, const QColor& disabled, const QColor& checked);

/// The mark of the application, in its own colours.
QIcon applicationIcon();

} // namespace prism::ui
