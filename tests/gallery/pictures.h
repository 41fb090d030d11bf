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
    QString only;          ///< part of a scene's name; empty: every scene
    QSize size{1280, 800}; ///< of scenes that have no size of their own
    QList<QLocale> languages{QLocale(QLocale::English, QLocale::UnitedStates), QLocale(QLocale::Chinese)};
    QList<bool> dark{false, true};
};

/// Writes SCENE-LANGUAGE-THEME.png for each. False when one could not be written.
bool writePictures(const PictureOptions& options, ui::Language& language);

} // namespace prism::gallery
