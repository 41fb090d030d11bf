#include "client/ui/settings/section_bar.h"

#include "client/ui/theme/theme.h"

#include <QButtonGroup>
#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>

namespace prism::ui {

SectionBar::SectionBar(QWidget* parent)
    : QFrame(parent)
    , m_buttons(new QButtonGroup(this))
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(3, 3, 3, 3);
    layout->setSpacing(2);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    for (const char* name : {"section-general", "section-access", "section-audit"}) {
        auto* button = new QPushButton;
        button->setObjectName(QLatin1String(name));
        button->setCheckable(true);
        button->setProperty("segment", true);
        layout->addWidget(button);
        m_buttons->addButton(button, int(m_buttons->buttons().size()));
    }
    connect(m_buttons, &QButtonGroup::idClicked, this, [this](int id) { emit chosen(Section(id)); });
    setSection(Section::General);
    retranslate();
}

Section SectionBar::section() const
{
    return Section(m_buttons->checkedId());
}

void SectionBar::setSection(Section section)
{
    m_buttons->button(int(section))->setChecked(true);
}

void SectionBar::setAdministrable(bool administrable)
{
    m_buttons->button(int(Section::Audit))->setVisible(administrable);
}

void SectionBar::retranslate()
{
    setAccessibleName(tr("Part of the settings"));
    const std::pair<QString, QString> words[] = {
        {tr("General", "settings"), tr("This dashboard's settings and the server's")},
        {tr("Access", "settings"), tr("Who is signed in, and who may ask this server")},
        {tr("Audit", "settings"), tr("Who did what at this server")}};
    for (int id = 0; id < int(std::size(words)); ++id) {
        QAbstractButton* button = m_buttons->button(id);
        button->setText(words[id].first);
        button->setAccessibleName(words[id].first);
        button->setAccessibleDescription(words[id].second);
        button->setToolTip(words[id].second);
    }
}

void SectionBar::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void SectionBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(Theme::of(this).raised);
    painter.drawRoundedRect(rect(), 8, 8);
}

} // namespace prism::ui
