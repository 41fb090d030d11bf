#include "client/ui/alerts_panel.h"

#include "client/model/alerts_model.h"
#include "client/ui/alert_delegate.h"
#include "client/ui/format.h"
#include "client/ui/text.h"
#include "client/ui/theme/icons.h"

#include <QHBoxLayout>
#include <QListView>
#include <QStackedLayout>

namespace prism::ui {

AlertsPanel::AlertsPanel(model::AlertsModel& alerts, QWidget* parent)
    : Panel(parent)
    , m_alerts(alerts)
    , m_pages(new QStackedLayout)
    , m_list(new QListView)
    , m_emptyIcon(new QLabel)
    , m_emptyTitle(new Text(TextRole::Strong))
    , m_emptyText(new Text(TextRole::Caption, Text::Ink::Muted))
    , m_count(new Text(TextRole::Strong, Text::Ink::Muted))
{
    m_list->setObjectName(QStringLiteral("alerts"));
    m_list->setModel(&alerts);
    m_list->setItemDelegate(new AlertDelegate(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setSelectionMode(QAbstractItemView::SingleSelection);

    auto* empty = new QWidget;
    auto* column = new QVBoxLayout(empty);
    column->setContentsMargins(0, 0, 0, space::large);
    column->addStretch();
    for (QLabel* label :
         {m_emptyIcon, static_cast<QLabel*>(m_emptyTitle), static_cast<QLabel*>(m_emptyText)}) {
        label->setAlignment(Qt::AlignCenter);
        column->addWidget(label);
    }
    m_emptyText->setWordWrap(true);
    column->addStretch();

    header()->addWidget(m_count);
    m_pages->addWidget(empty);
    m_pages->addWidget(m_list);
    body()->addLayout(m_pages, 1);
    connect(&alerts, &QAbstractItemModel::rowsInserted, this, &AlertsPanel::showCount);
    connect(&alerts, &QAbstractItemModel::rowsRemoved, this, &AlertsPanel::showCount);
    connect(&alerts, &QAbstractItemModel::modelReset, this, &AlertsPanel::showCount);
    AlertsPanel::retranslate();
}

bool AlertsPanel::isEmptyShown() const
{
    return m_pages->currentWidget() != m_list;
}

void AlertsPanel::retranslate()
{
    setTitle(tr("Alerts"));
    const Theme theme = Theme::of(this);
    m_emptyIcon->setPixmap(icon(QStringLiteral("all-clear"), theme.tone(Tone::Good)).pixmap(40, 40));
    m_emptyTitle->setText(tr("No alerts"));
    m_emptyText->setText(tr("What the server raises appears here at once."));
    m_list->setAccessibleName(tr("Alerts"));
    m_list->setAccessibleDescription(tr("Alerts, newest first"));
    showCount();
}

void AlertsPanel::showCount()
{
    const int count = m_alerts.rowCount();
    m_count->setText(count > 0 ? Format(locale()).count(count) : QString());
    m_count->setVisible(count > 0);
    m_pages->setCurrentIndex(count > 0 ? 1 : 0);
    setAccessibleDescription(count > 0 ? tr("%Ln alert(s)", nullptr, count) : m_emptyTitle->text());
}

} // namespace prism::ui
