#pragma once

#include <QList>
#include <QLocale>
#include <QSize>
#include <QString>

namespace prism::ui {
class Language;
}

namespace prism::gallery {

/// Which pictures to make.
struct PictureOptions
{
    QString folder;
    QString only;                                              ///< part of a scene's name; empty: every scene
    QList<QSize> sizes{{960, 640}, {1280, 800}, {1920, 1080}}; ///< of windows
    QList<QLocale> languages{QLocale(QLocale::English, QLocale::UnitedStates), QLocale(QLocale::Chinese)};
    QList<bool> dark{false, true};
};

/// Writes SCENE-LANGUAGE-THEME.png for each widget, and for each state of the window
/// SCENE-SIZE-LANGUAGE-THEME.png: once opened in the theme, and once, ending in -switched, put into it while
/// it was open. False when one could not be made.
bool writePictures(const PictureOptions& options, ui::Language& language);

} // namespace prism::gallery
