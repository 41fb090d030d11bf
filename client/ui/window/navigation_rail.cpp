#include "client/ui/window/navigation_rail.h"

#include "client/ui/theme/icons.h"
#include "client/ui/theme/theme.h"

#include <QButtonGroup>
#include <QEvent>
#include <QPainter>
#include <QShortcut>
#include <QToolButton>
#include <QVBoxLayout>

namespace prism::ui {

namespace {

constexpr int iconSide = 22;

} // namespace

NavigationRail::NavigationRail(QWidget* parent)
    : QWidget(parent)
    , m_buttons(new QButtonGroup(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::small, space::medium, space::small, space::medium);
    layout->setSpacing(space::small);
    for (const Page page : allPages) {
        const int id = int(page);
        auto* button = new QToolButton;
        button->setObjectName(QStringLiteral("page-") + toString(page));
        button->setCheckable(true);
        button->setFocusPolicy(Qt::StrongFocus);
        button->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
        button->setIconSize({iconSide, iconSide});
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        button->setProperty("page", true);
        button->setFont(fontFor(TextRole::Caption));
        layout->addWidget(button);
        m_buttons->addButton(button, id);
        auto* shortcut = new QShortcut(QKeySequence(Qt::ALT | Qt::Key(int(Qt::Key_1) + id)), this);
        connect(shortcut, &QShortcut::activated, button, &QToolButton::click);
    }
    layout->addStretch(1);
    m_buttons->button(0)->setChecked(true);
    connect(m_buttons, &QButtonGroup::idClicked, this, [this](int id) { emit chosen(Page(id)); });
    retranslate();
}

Page NavigationRail::page() const
{
    return Page(m_buttons->checkedId());
}

void NavigationRail::setPage(Page page)
{
    m_buttons->button(int(page))->setChecked(true);
}

void NavigationRail::retranslate()
{
    setAccessibleName(tr("Pages"));
    const Theme theme = Theme::of(this);
    const QString texts[] = {tr("Dashboard"), tr("Records"), tr("Settings")};
    const QString descriptions[] = {tr("Numbers, charts and events as they happen"),
                                    tr("Saved definitions: create, change, run"),
                                    tr("Of this dashboard and of the server")};
    for (const Page page : allPages) {
        const int id = int(page);
        auto* button = static_cast<QToolButton*>(m_buttons->button(id));
        button->setText(texts[id]);
        button->setIcon(
            icon(QStringLiteral("nav-") + toString(page), theme.mutedText, theme.outline, theme.accent));
        button->setAccessibleName(tr("Page: %1").arg(texts[id]));
        button->setAccessibleDescription(descriptions[id]);
        button->setToolTip(tr("%1 (Alt+%2)").arg(descriptions[id]).arg(id + 1));
    }
}

void NavigationRail::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange || changesTheme(*event))
        retranslate();
}

void NavigationRail::paintEvent(QPaintEvent*)
{
    const Theme theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.surface);
    painter.setPen(theme.outline);
    painter.drawLine(rect().topRight(), rect().bottomRight());
}

} // namespace prism::ui
