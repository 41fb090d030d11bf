#include "client/ui/application/appearance.h"

#include "client/ui/theme/style_sheet.h"
#include "client/ui/theme/theme.h"

#include <QApplication>
#include <QPalette>

namespace prism::ui {

using model::ThemeChoice;

Appearance::Appearance(const model::Preferences& preferences, QObject* parent)
    : QObject(parent)
{
    connect(&preferences, &model::Preferences::themeChanged, this, &Appearance::apply);
    apply(preferences.theme());
}

void Appearance::apply(ThemeChoice choice)
{
    switch (choice) {
    case ThemeChoice::System:
        QApplication::setPalette(QPalette()); // which takes every role from the desktop
        break;
    case ThemeChoice::Light:
        QApplication::setPalette(paletteFor(Theme::light()));
        break;
    case ThemeChoice::Dark:
        QApplication::setPalette(paletteFor(Theme::darkened()));
        break;
    }
}

} // namespace prism::ui
