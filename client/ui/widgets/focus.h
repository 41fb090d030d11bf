#pragma once

class QWidget;

namespace prism::ui {

/// To be called before a control is disabled, hidden or deleted: if the keyboard is on it or in it, it goes
/// to `to` instead of to whatever comes next in the window.
void yieldFocus(const QWidget& from, QWidget& to);

} // namespace prism::ui
