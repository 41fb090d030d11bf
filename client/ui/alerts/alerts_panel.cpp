#include "client/ui/alerts/alerts_panel.h"

#include "client/model/alerts_model.h"
#include "client/ui/alerts/alert_delegate.h"
#include "client/ui/alerts/alert_texts.h"
#include "client/ui/theme/icons.h"
#include "client/ui/widgets/choice_box.h"
#include "client/ui/widgets/focus.h"
#include "client/ui/widgets/format.h"
#include "client/ui/widgets/text.h"
#include "client/ui/widgets/whole_rows.h"

#include <QAction>
#include <QHBoxLayout>
#include <QListView>
#include <QPushButton>
#include <QStackedLayout>

#include <algorithm>

namespace prism::ui {

using model::AlertsModel;

AlertsPanel::AlertsPanel(AlertsModel& alerts, QWidget* parent)
    : Panel(parent)
    , m_alerts(alerts)
    , m_texts(new AlertTexts(this))
    , m_pages(new QStackedLayout)
    , m_list(new WithWholeRows<QListView>)
    , m_shown(new ChoiceBox)
    , m_acknowledge(new QPushButton)
    , m_emptyIcon(new QLabel)
    , m_emptyTitle(new Text(TextRole::Strong))
    , m_emptyText(new Text(TextRole::Caption, Text::Ink::Muted))
    , m_count(new Text(TextRole::Strong, Text::Ink::Muted))
{
    m_texts->setSourceModel(&alerts);
    m_list->setObjectName(QStringLiteral("alerts"));
    m_list->setModel(m_texts);
    m_list->setItemDelegate(new AlertDelegate(m_list));
    m_list->setResizeMode(QListView::Adjust); // words break into lines by the width
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_shown->setObjectName(QStringLiteral("alerts-shown"));
    m_acknowledge->setObjectName(QStringLiteral("alerts-acknowledge"));

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
    auto* some = new QWidget;
    auto* rows = new QVBoxLayout(some);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(space::small);
    rows->addWidget(m_list, 1);
    rows->addWidget(m_acknowledge);

    header()->addWidget(m_count);
    header()->addWidget(m_shown);
    m_pages->addWidget(empty);
    m_pages->addWidget(some);
    body()->addLayout(m_pages, 1);

    // A click must not do it by accident, so it is not the view's own activation.
    auto* acknowledge = new QAction(m_list);
    acknowledge->setShortcuts({QKeySequence(Qt::Key_Return), QKeySequence(Qt::Key_Enter)});
    acknowledge->setShortcutContext(Qt::WidgetShortcut);
    m_list->addAction(acknowledge);
    connect(acknowledge, &QAction::triggered, this, &AlertsPanel::acknowledgeSelected);
    connect(m_acknowledge, &QPushButton::clicked, this, &AlertsPanel::acknowledgeSelected);
    connect(m_shown, &QComboBox::currentIndexChanged, m_texts,
            [this](int shown) { m_texts->show(AlertTexts::Shown(std::max(shown, 0))); });
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this, &AlertsPanel::showButton);
    connect(m_texts, &QAbstractItemModel::rowsInserted, this, &AlertsPanel::showCount);
    connect(m_texts, &QAbstractItemModel::rowsRemoved, this, &AlertsPanel::showCount);
    connect(m_texts, &QAbstractItemModel::modelReset, this, &AlertsPanel::showCount);
    connect(&alerts, &QAbstractItemModel::dataChanged, this, &AlertsPanel::showCount);
    AlertsPanel::retranslate();
}

void AlertsPanel::setReadOnly(bool readOnly)
{
    m_readOnly = readOnly;
    showControls();
}

void AlertsPanel::setReduced(bool reduced)
{
    m_reduced = reduced;
    m_list->setVerticalScrollBarPolicy(reduced ? Qt::ScrollBarAlwaysOff : Qt::ScrollBarAsNeeded);
    showControls();
}

void AlertsPanel::showControls()
{
    m_shown->setVisible(!m_reduced && m_alerts.rowCount() > 0);
    if (m_readOnly)
        yieldFocus(*m_acknowledge, *m_list);
    m_acknowledge->setVisible(!m_reduced && !m_readOnly);
    showButton();
}

bool AlertsPanel::isEmptyShown() const
{
    return m_pages->currentIndex() == 0;
}

QStringList AlertsPanel::openSelected() const
{
    QStringList ids;
    const QModelIndexList selected = m_list->selectionModel()->selectedIndexes();
    for (const QModelIndex& index : selected) {
        if (index.data(AlertsModel::StateRole).value<protocol::AlertState>() == protocol::AlertState::Open)
            ids.append(index.data(AlertsModel::IdRole).toString());
    }
    return ids;
}

void AlertsPanel::acknowledgeSelected()
{
    const QStringList ids = openSelected();
    for (const QString& id : ids)
        emit acknowledgeRequested(id);
}

void AlertsPanel::retranslate()
{
    setTitle(tr("Alerts"));
    const Theme theme = Theme::of(this);
    m_emptyIcon->setPixmap(icon(QStringLiteral("all-clear"), theme.tone(Tone::Good)).pixmap(40, 40));
    m_list->setAccessibleName(tr("Alerts"));
    m_list->setAccessibleDescription(tr("Alerts, newest first"));
    const QStringList choices{tr("All", "alerts"), tr("Open", "alerts"), tr("Acknowledged", "alerts"),
                              tr("Over", "alerts")};
    for (int i = 0; i < choices.size(); ++i) {
        if (i < m_shown->count())
            m_shown->setItemText(i, choices[i]);
        else
            m_shown->addItem(choices[i]);
    }
    m_shown->setAccessibleName(tr("Show alerts"));
    m_shown->setAccessibleDescription(
        tr("Limits the list to alerts that nobody or somebody has acknowledged, or that are over"));
    m_acknowledge->setText(tr("Acknowledge"));
    m_acknowledge->setToolTip(tr("On every dashboard (Enter)"));
    m_acknowledge->setAccessibleDescription(tr("Acknowledges the selected alerts on every dashboard"));
    m_list->actions().constFirst()->setText(tr("Acknowledge"));
    m_texts->setLocale(locale());
    showCount();
}

void AlertsPanel::showCount()
{
    const int count = m_alerts.rowCount();
    const int open = m_alerts.unacknowledged();
    m_count->setText(open > 0 ? Format(locale()).count(open) : QString());
    m_count->setToolTip(open > 0 ? tr("%Ln alert(s) that nobody has acknowledged", nullptr, open)
                                 : QString());
    m_count->setVisible(open > 0);
    m_emptyTitle->setText(count == 0 ? tr("No alerts") : tr("No such alerts"));
    m_emptyText->setMinimumHeight(3 * m_emptyText->fontMetrics().lineSpacing()); // as often as it may break
    m_emptyText->setText(count == 0 ? tr("What the server raises appears here at once.") : QString());
    m_pages->setCurrentIndex(m_texts->rowCount() > 0 ? 1 : 0);
    setAccessibleDescription(count > 0 ? tr("%Ln alert(s)", nullptr, count) : m_emptyTitle->text());
    showControls();
}

void AlertsPanel::showButton()
{
    const bool offers = !m_readOnly && !m_reduced && !openSelected().isEmpty();
    if (!offers)
        yieldFocus(*m_acknowledge, *m_list);
    m_acknowledge->setEnabled(offers);
    m_list->actions().constFirst()->setEnabled(m_acknowledge->isEnabled());
    m_list->actions().constFirst()->setVisible(!m_readOnly);
}

} // namespace prism::ui
