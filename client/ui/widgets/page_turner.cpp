#include "client/ui/widgets/page_turner.h"

#include "client/ui/theme/icons.h"
#include "client/ui/widgets/focus.h"
#include "client/ui/widgets/text.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QToolButton>

namespace prism::ui {

PageTurner::PageTurner(const QString& list, QWidget& origin, QWidget* parent)
    : QWidget(parent)
    , m_origin(origin)
    , m_place(new Text(TextRole::Caption, Text::Ink::Muted))
    , m_previous(new QToolButton)
    , m_next(new QToolButton)
{
    m_previous->setObjectName(list + QStringLiteral("-previous"));
    m_next->setObjectName(list + QStringLiteral("-next"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::small);
    row->addWidget(m_place);
    for (QToolButton* button : {m_previous, m_next}) {
        button->setFocusPolicy(Qt::StrongFocus);
        row->addWidget(button);
    }
    connect(m_previous, &QToolButton::clicked, this, &PageTurner::previousRequested);
    connect(m_next, &QToolButton::clicked, this, &PageTurner::nextRequested);
    retranslate();
}

void PageTurner::display(const QString& place, bool hasPrevious, bool hasNext)
{
    m_place->setText(place);
    for (const auto& [button, leads] : {std::pair(m_previous, hasPrevious), std::pair(m_next, hasNext)}) {
        if (!leads)
            yieldFocus(*button, m_origin);
        button->setEnabled(leads);
    }
}

void PageTurner::retranslate()
{
    const Theme theme = Theme::of(this);
    m_previous->setIcon(icon(QStringLiteral("left"), theme.text, theme.outline, theme.text));
    m_previous->setToolTip(tr("Previous page"));
    m_next->setIcon(icon(QStringLiteral("right"), theme.text, theme.outline, theme.text));
    m_next->setToolTip(tr("Next page"));
    for (QToolButton* button : {m_previous, m_next}) {
        button->setAccessibleName(button->toolTip());
        button->setAccessibleDescription(button->toolTip());
    }
}

void PageTurner::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange || changesTheme(*event))
        retranslate();
}

} // namespace prism::ui
