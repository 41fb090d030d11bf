#pragma once

#include "client/model/preferences.h"

#include <QObject>

namespace prism::ui {

/// Light or dark as the person chose: gives the application a palette, which every window follows, or leaves
/// it to the desktop. One per application, on the GUI thread; borrows the preferences.
class Appearance : public QObject
{
    Q_OBJECT

public:
    explicit Appearance(const model::Preferences& preferences, QObject* parent = nullptr);

private:
    static void apply(model::ThemeChoice choice);
};

} // namespace prism::ui
