#pragma once

class QString;
class QWidget;

namespace prism::ui {

/// Names a field and says what it is for to who does not see it, and its own line too, where it has one: that
/// is what has the focus then.
void giveSpoken(QWidget& field, const QString& name, const QString& description);

} // namespace prism::ui
