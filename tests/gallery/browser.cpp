#include "tests/gallery/browser.h"

#include "client/ui/application/language.h"
#include "tests/gallery/real_window.h"
#include "tests/gallery/stage.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QListWidget>
#include <QVBoxLayout>

#include <utility>

namespace prism::gallery {

Browser::Browser(ui::Language& language, QWidget* parent)
    : QWidget(parent)
    , m_language(language)
    , m_scenes(scenes())
    , m_list(new QListWidget)
    , m_themes(new QComboBox)
    , m_languages(new QComboBox)
    , m_place(new QVBoxLayout)
{
    m_themes->addItems({QStringLiteral("Light"), QStringLiteral("Dark")});
    const QList<QLocale> languages = ui::Language::all();
    for (const QLocale& locale : languages)
        m_languages->addItem(ui::Language::nameOf(locale), locale);
    for (const Scene& scene : m_scenes)
        m_list->addItem(scene.name);
    m_list->addItems(RealWindow::states());

    auto* choices = new QVBoxLayout;
    choices->addWidget(m_themes);
    choices->addWidget(m_languages);
    choices->addWidget(m_list, 1);
    auto* layout = new QHBoxLayout(this);
    layout->addLayout(choices);
    layout->addLayout(m_place, 1);
    m_list->setFixedWidth(220);
    resize(1400, 860);
    setWindowTitle(QStringLiteral("PRISM gallery"));
    connect(m_list, &QListWidget::currentRowChanged, this, &Browser::showScene);
    connect(m_themes, &QComboBox::activated, this, &Browser::showScene);
    connect(m_languages, &QComboBox::activated, this, &Browser::showScene);
    m_list->setCurrentRow(0);
}

Browser::~Browser() = default;

void Browser::showScene()
{
    const int row = m_list->currentRow();
    if (row < 0)
        return;
    delete std::exchange(m_shown, nullptr);
    m_window.reset();
    const bool isDark = m_themes->currentIndex() == 1;
    choosePalette(isDark);
    m_language.set(m_languages->currentData().toLocale());
    if (row >= m_scenes.size()) {
        m_window = std::make_unique<RealWindow>(m_list->currentItem()->text(), m_language.current(), isDark);
        return;
    }
    const Scene& scene = m_scenes[row];
    m_shown = scene.make().release();
    m_shown->setFixedSize(scene.size);
    m_place->addWidget(m_shown, 0, Qt::AlignCenter);
}

} // namespace prism::gallery
