#include "client/ui/activity_panel.h"

#include "client/model/activity_model.h"
#include "client/ui/activity_table.h"
#include "client/ui/activity_texts.h"
#include "client/ui/pill_delegate.h"
#include "client/ui/text.h"
#include "client/ui/theme/icons.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QVBoxLayout>

#include <algorithm>

namespace prism::ui {

using model::ActivityModel;

ActivityPanel::ActivityPanel(ActivityModel& activity, QWidget* parent)
    : Panel(parent)
    , m_activity(activity)
    , m_texts(new ActivityTexts(this))
    , m_table(new ActivityTable)
    , m_group(new QComboBox)
    , m_search(new QLineEdit)
    , m_folded(new Text(TextRole::Caption, Text::Ink::Muted))
    , m_emptyNote(new Text(TextRole::Body, Text::Ink::Muted, m_table))
{
    m_texts->setSourceModel(&activity);
    m_table->setObjectName(QStringLiteral("activity"));
    m_table->setModel(m_texts);
    m_table->setItemDelegateForColumn(ActivityModel::StatusColumn, new PillDelegate(m_table));
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_group->setObjectName(QStringLiteral("activity-group"));
    m_group->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_search->setObjectName(QStringLiteral("activity-search"));
    m_search->setClearButtonEnabled(true);
    m_search->setMinimumWidth(80);
    m_search->setMaximumWidth(200);
    m_emptyNote->setAlignment(Qt::AlignCenter);
    m_emptyNote->setWordWrap(true);
    auto* overTable = new QVBoxLayout(m_table);
    overTable->addWidget(m_emptyNote);
    m_emptyNote->setAttribute(Qt::WA_TransparentForMouseEvents);

    header()->addWidget(m_folded);
    header()->addWidget(m_group);
    header()->addWidget(m_search, 1);
    body()->addWidget(m_table, 1);

    connect(m_group, &QComboBox::currentIndexChanged, m_texts,
            [this](int group) { m_texts->setGroup(ActivityTexts::Group(std::max(group, 0))); });
    connect(m_search, &QLineEdit::textChanged, m_texts, &ActivityTexts::setSearch);
    connect(m_table, &ActivityTable::copyRequested, this, &ActivityPanel::copySelection);
    connect(m_table, &QWidget::customContextMenuRequested, this, &ActivityPanel::showContextMenu);
    connect(&activity, &ActivityModel::foldedChanged, this, &ActivityPanel::showFolded);
    connect(m_texts, &QAbstractItemModel::rowsInserted, this, &ActivityPanel::updateEmptyNote);
    connect(m_texts, &QAbstractItemModel::rowsRemoved, this, &ActivityPanel::updateEmptyNote);
    connect(m_texts, &QAbstractItemModel::modelReset, this, &ActivityPanel::updateEmptyNote);
    ActivityPanel::retranslate();
}

void ActivityPanel::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void ActivityPanel::setReduced(bool reduced)
{
    m_group->setVisible(!reduced);
    m_search->setVisible(!reduced);
}

void ActivityPanel::copySelection() const
{
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    if (!rows.isEmpty())
        QApplication::clipboard()->setText(m_texts->asText(rows));
}

void ActivityPanel::retranslate()
{
    setTitle(tr("Activity"));
    m_texts->setLocale(locale());

    const QStringList groups{tr("All types"), tr("Checks"), tr("Records"), tr("Retrospectives"),
                             tr("Alerts")};
    for (int i = 0; i < groups.size(); ++i) {
        if (i < m_group->count())
            m_group->setItemText(i, groups[i]);
        else
            m_group->addItem(groups[i]);
    }
    m_group->setAccessibleName(tr("Show activity of type"));
    m_group->setAccessibleDescription(tr("Limits the table to one type of event"));
    m_search->setPlaceholderText(tr("Filter (Ctrl+F)"));
    m_search->setAccessibleName(tr("Filter activity by text"));
    m_search->setAccessibleDescription(tr("Limits the table to rows that contain the text"));
    if (m_search->actions().isEmpty())
        m_search->addAction(QIcon(), QLineEdit::LeadingPosition);
    m_search->actions().constFirst()->setIcon(icon(QStringLiteral("search"), Theme::of(this).mutedText));
    m_table->setAccessibleName(tr("Activity"));
    m_table->setAccessibleDescription(tr("Events, newest first"));
    showFolded();
    updateEmptyNote();
    arrangeColumns();
}

void ActivityPanel::arrangeColumns()
{
    const QFontMetrics metrics(fontFor(TextRole::Body));
    const auto room = [&](const QStringList& texts) {
        int widest = 0;
        for (const QString& text : texts)
            widest = std::max(widest, metrics.horizontalAdvance(text));
        return widest + 2 * space::medium;
    };
    QHeaderView* columns = m_table->horizontalHeader();
    columns->setSectionResizeMode(QHeaderView::Fixed);
    columns->setSectionResizeMode(ActivityModel::DetailColumn, QHeaderView::Stretch);
    columns->resizeSection(
        ActivityModel::TimeColumn,
        room({locale().toString(QDateTime::currentDateTime(), QStringLiteral("00 MMM 00:00"))}));
    columns->resizeSection(ActivityModel::TypeColumn, room({tr("Retrospective"), tr("Record created")}));
    columns->resizeSection(ActivityModel::StatusColumn,
                           pillSize(ActivityTexts::statusText(model::ActivityStatus::Warning)).width() +
                               2 * space::medium);
}

void ActivityPanel::showFolded()
{
    const auto folded = int(std::min<qint64>(m_activity.folded(), std::numeric_limits<int>::max()));
    m_folded->setText(folded > 0 ? tr("%Ln event(s) folded", nullptr, folded) : QString());
    m_folded->setToolTip(folded > 0 ? tr("They came faster than a screen can show them one by one.")
                                    : QString());
}

void ActivityPanel::updateEmptyNote()
{
    m_emptyNote->setVisible(m_texts->rowCount() == 0);
    m_emptyNote->setText(m_activity.rowCount() == 0 ? tr("No events yet.")
                                                    : tr("Nothing matches the filter."));
}

void ActivityPanel::showContextMenu(const QPoint& position)
{
    QMenu menu(this);
    QAction* copy = menu.addAction(tr("Copy selected rows"), this, &ActivityPanel::copySelection);
    copy->setShortcut(QKeySequence::Copy);
    copy->setEnabled(m_table->selectionModel()->hasSelection());
    menu.exec(m_table->viewport()->mapToGlobal(position));
}

} // namespace prism::ui
