#pragma once

#include <QStringList>

class QWidget;

namespace prism::test {

/// What a person finds laid out wrongly in a window that is shown, each with where and by how much: what is
/// smaller than the least it needs, what lies outside what holds it and cannot be scrolled to, and what is
/// cut off although there is room beside it.
QStringList misplaced(QWidget& window);

} // namespace prism::test
