#pragma once

#include <QWidget>

namespace prism::gallery {

/// What one widget stands on: a window in the theme of the application's palette, with some room around.
class Stage : public QWidget
{
    Q_OBJECT

public:
    /// Takes the widget.
    explicit Stage(QWidget* exhibit, QWidget* parent = nullptr);

private:
    void applyTheme();
};

/// Makes the application's palette light or dark; stages and windows follow.
void choosePalette(bool dark);

} // namespace prism::gallery
