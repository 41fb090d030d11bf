#pragma once

#include "tests/gallery/scenes.h"

#include <QWidget>

#include <memory>

class QComboBox;
class QListWidget;
class QVBoxLayout;

namespace prism::ui {
class Language;
}

namespace prism::gallery {

class RealWindow;

/// The gallery's content: the scenes on the left, the chosen one on the right, theme and language above. A
/// whole window opens beside it. Borrows the language.
class Browser : public QWidget
{
    Q_OBJECT

public:
    explicit Browser(ui::Language& language, QWidget* parent = nullptr);
    ~Browser() override;

private:
    void showScene();

    ui::Language& m_language;
    QList<Scene> m_scenes;
    QListWidget* m_list;
    QComboBox* m_themes;
    QComboBox* m_languages;
    QVBoxLayout* m_place;
    QWidget* m_shown = nullptr;
    std::unique_ptr<RealWindow> m_window;
};

} // namespace prism::gallery
