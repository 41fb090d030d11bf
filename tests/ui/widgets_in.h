#pragma once

#include <QList>
#include <QStringList>

class QWidget;

namespace prism::test {

/// Everything in the window, not in its dialogs, that a person operates.
QList<QWidget*> controlsOf(const QWidget& window);

/// Everything in it that is to be read, aloud too. The names of the languages are left out: each is in its
/// own.
QStringList textsOf(const QWidget& window);

} // namespace prism::test
