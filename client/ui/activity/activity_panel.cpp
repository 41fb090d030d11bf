#include "client/ui/activity/activity_panel.h"

#include "client/model/activity_model.h"
#include "client/ui/activity/activity_details.h"
#include "client/ui/activity/activity_table.h"
#include "client/ui/activity/activity_texts.h"
#include "client/ui/theme/icons.h"
#include "client/ui/widgets/choice_box.h"
#include "client/ui/widgets/focus.h"
#include "client/ui/widgets/kept_picture.h"
#include "client/ui/widgets/kept_selection.h"
#include "client/ui/widgets/pill_delegate.h"
#include "client/ui/widgets/table_contents.h"
#include "client/ui/widgets/text.h"

#include <QAction>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace prism::ui {

using model::ActivityKind;
using model::ActivityModel;

ActivityPanel::ActivityPanel(ActivityModel& activity, QWidget* parent)
    : Panel(parent)
    , m_activity(activity)
    , m_texts(new ActivityTexts(this))
    , m_table(new ActivityTable)
    , m_details(new ActivityDetails)
    , m_detailsButton(new QToolButton)
    , m_group(new ChoiceBox)
    , m_search(new QLineEdit)
    , m_folded(new Text(TextRole::Caption, Text::Ink::Muted))
    , m_emptyNote(new Text(TextRole::Body, Text::Ink::Muted, m_table))
    , m_older(new QPushButton(m_table))
{
    m_texts->setSourceModel(&activity);
    m_table->setObjectName(QStringLiteral("activity"));
    m_table->setModel(m_texts);
    new KeptPicture(*m_table);
    new KeptSelection(*m_table, {ActivityModel::SeqRole, ActivityModel::TimeRole});
    m_table->setItemDelegateForColumn(ActivityModel::StatusColumn, new PillDelegate(m_table));
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    QHeaderView* columns = m_table->horizontalHeader();
    columns->setSectionResizeMode(QHeaderView::Interactive);
    columns->setSectionResizeMode(ActivityModel::DetailColumn, QHeaderView::Stretch);
    TableContents(*m_table).offerColumns();
    m_details->hide();
    m_detailsButton->setObjectName(QStringLiteral("activity-details-button"));
    m_detailsButton->setCheckable(true);
    m_detailsButton->setFocusPolicy(Qt::StrongFocus);
    m_group->setObjectName(QStringLiteral("activity-group"));
    m_search->setObjectName(QStringLiteral("activity-search"));
    m_search->setClearButtonEnabled(true);
    m_folded->setElided(true);
    m_search->setMinimumWidth(96); // with what clears it
    m_search->setMaximumWidth(200);
    m_emptyNote->setAlignment(Qt::AlignCenter);
    m_emptyNote->setWordWrap(true);
    m_older->setObjectName(QStringLiteral("activity-older"));
    auto* overTable = new QVBoxLayout(m_table);
    overTable->addStretch(1);
    overTable->addWidget(m_emptyNote);
    overTable->addWidget(m_older, 0, Qt::AlignHCenter);
    overTable->addStretch(1);
    m_emptyNote->setAttribute(Qt::WA_TransparentForMouseEvents);

    header()->addWidget(m_folded);
    header()->addWidget(m_group);
    header()->addWidget(m_search, 1);
    header()->addWidget(m_detailsButton);
    auto* splitter = new QSplitter(Qt::Vertical);
    splitter->setObjectName(QStringLiteral("activity-splitter"));
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_table);
    splitter->addWidget(m_details);
    body()->addWidget(splitter, 1);

    connect(m_group, &QComboBox::currentIndexChanged, m_texts,
            [this](int group) { m_texts->setGroup(ActivityTexts::Group(std::max(group, 0))); });
    connect(m_search, &QLineEdit::textChanged, m_texts, &ActivityTexts::setSearch);
    connect(m_table, &ActivityTable::copyRequested, this, &ActivityPanel::copySelection);
    connect(m_table, &QWidget::customContextMenuRequested, this, &ActivityPanel::showContextMenu);
    connect(m_table, &ActivityTable::detailsRequested, this, [this] { showDetails(true); });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &ActivityPanel::updateDetails);
    connect(m_texts, &QAbstractItemModel::dataChanged, this, &ActivityPanel::updateDetails);
    connect(m_texts, &QAbstractItemModel::modelReset, this, &ActivityPanel::updateDetails);
    connect(m_detailsButton, &QToolButton::toggled, this, &ActivityPanel::showDetails);
    connect(m_details, &ActivityDetails::closeRequested, this, [this] {
        showDetails(false);
        m_table->setFocus();
    });
    connect(m_details, &ActivityDetails::falsePositiveChosen, this, &ActivityPanel::falsePositiveChosen);
    connect(&activity, &ActivityModel::foldedChanged, this, &ActivityPanel::showFolded);
    connect(&activity, &ActivityModel::hasOlderChanged, this, &ActivityPanel::updateEmptyNote);
    connect(&activity, &QAbstractItemModel::rowsInserted, this, &ActivityPanel::updateEmptyNote);
    connect(m_older, &QPushButton::clicked, this, &ActivityPanel::olderRequested);
    connect(m_texts, &QAbstractItemModel::rowsInserted, this, &ActivityPanel::updateEmptyNote);
    connect(m_texts, &QAbstractItemModel::rowsRemoved, this, &ActivityPanel::updateEmptyNote);
    connect(m_texts, &QAbstractItemModel::modelReset, this, &ActivityPanel::updateEmptyNote);
    ActivityPanel::retranslate();
}

void ActivityPanel::focusSearch()
{
    if (m_reduced)
        return;
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

model::Narrowing ActivityPanel::narrowing() const
{
    return {m_search->text(), m_group->currentIndex()};
}

void ActivityPanel::narrow(const model::Narrowing& narrowing)
{
    m_search->setText(narrowing.search);
    m_group->setCurrentIndex(std::clamp(narrowing.group, 0, m_group->count() - 1));
}

void ActivityPanel::setMarking(bool offered)
{
    m_details->setMarking(offered);
}

void ActivityPanel::setReadOnly()
{
    m_details->setMarking(false);
    m_readOnly = true;
    updateEmptyNote();
}

void ActivityPanel::setReduced(bool reduced)
{
    m_reduced = reduced;
    m_table->setVerticalScrollBarPolicy(reduced ? Qt::ScrollBarAlwaysOff : Qt::ScrollBarAsNeeded);
    for (QWidget* control : std::initializer_list<QWidget*>{m_group, m_search, m_detailsButton})
        control->setVisible(!reduced);
    m_details->setVisible(!reduced && m_detailsButton->isChecked());
    updateDetails();
}

void ActivityPanel::copySelection() const
{
    TableContents(*m_table).copySelection();
}

QByteArray ActivityPanel::asCsv() const
{
    return TableContents(*m_table).toCsv();
}

void ActivityPanel::showDetails(bool shown)
{
    if (m_reduced)
        return;
    m_detailsButton->setChecked(shown);
    m_details->setVisible(shown);
    if (shown && !m_table->currentIndex().isValid() && m_texts->rowCount() > 0)
        m_table->selectRow(0);
    updateDetails();
}

void ActivityPanel::updateDetails()
{
    if (m_details->isHidden())
        return; // nobody reads them
    const QModelIndex row = m_texts->mapToSource(m_table->currentIndex());
    m_details->display(row.isValid() ? std::optional(m_activity.entry(row.row())) : std::nullopt);
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
    if (m_search->actions().isEmpty())
        m_search->addAction(QIcon(), QLineEdit::LeadingPosition);
    m_search->actions().constFirst()->setIcon(icon(QStringLiteral("search"), Theme::of(this).mutedText));
    m_detailsButton->setText(tr("Details"));
    m_detailsButton->setToolTip(tr("All of the selected event (Enter)"));
    m_detailsButton->setAccessibleDescription(tr("Shows below the table all that the selected event said"));
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
    QStringList types;
    for (const ActivityKind kind : {ActivityKind::RetroCreated, ActivityKind::RecordCreated})
        types.append(ActivityTexts::typeText(kind));
    const std::array wanted{
        std::pair(int(ActivityModel::TimeColumn),
                  room({locale().toString(QDateTime::currentDateTime(), QStringLiteral("00 MMM 00:00"))})),
        std::pair(int(ActivityModel::TypeColumn), room(types)),
        std::pair(int(ActivityModel::StatusColumn),
                  pillSize(ActivityTexts::statusText(model::ActivityStatus::Warning)).width() +
                      2 * space::medium)};
    QHeaderView* columns = m_table->horizontalHeader();
    for (const auto& [column, width] : wanted) {
        int& arranged = m_arranged[std::size_t(column)];
        // A width that somebody chose stays.
        if (arranged != 0 && columns->sectionSize(column) != arranged)
            continue;
        columns->resizeSection(column, width);
        arranged = width;
    }
}

void ActivityPanel::showFolded()
{
    const auto folded = int(std::min<qint64>(m_activity.folded(), std::numeric_limits<int>::max()));
    m_folded->setText(folded > 0 ? tr("%Ln event(s) shown at once", nullptr, folded) : QString());
    m_folded->setToolTip(folded > 0 ? tr("They came faster than a screen can show them one by one.")
                                    : QString());
}

bool ActivityPanel::mayLoadOlder() const
{
    return !m_readOnly && !m_reduced && m_activity.mayExtend();
}

void ActivityPanel::updateEmptyNote()
{
    m_emptyNote->setVisible(m_texts->rowCount() == 0);
    const int rows = m_activity.rowCount();
    QString note = rows == 0 ? tr("No events yet.") : tr("No event matches the filter.");
    QString place = tr("Limits the table to rows that contain the text");
    if (rows > 0 && m_activity.hasOlder()) {
        note = tr("None of the %Ln event(s) loaded matches the filter. Older ones were not searched.",
                  nullptr, rows);
        place = tr("Looks through the %Ln event(s) loaded; older ones are not searched", nullptr, rows);
    }
    m_emptyNote->setText(note);
    m_search->setToolTip(place);
    m_search->setAccessibleDescription(place);
    const bool offersOlder = m_texts->rowCount() == 0 && mayLoadOlder();
    if (!offersOlder)
        yieldFocus(*m_older, *m_search);
    m_older->setVisible(offersOlder);
    m_older->setText(tr("Load older events"));
    m_older->setAccessibleName(m_older->text());
    m_older->setAccessibleDescription(note);
}

void ActivityPanel::showContextMenu(const QPoint& position)
{
    QMenu menu(this);
    QAction* copy = menu.addAction(tr("Copy selected rows"), this, &ActivityPanel::copySelection);
    copy->setShortcut(QKeySequence::Copy);
    copy->setEnabled(m_table->selectionModel()->hasSelection());
    menu.addAction(tr("Details"), this, [this] { showDetails(true); })
        ->setEnabled(m_table->currentIndex().isValid());
    menu.addAction(tr("Export as CSV…"), this, &ActivityPanel::exportRows)
        ->setEnabled(m_texts->rowCount() > 0);
    menu.addAction(tr("Load older events"), this, &ActivityPanel::olderRequested)->setEnabled(mayLoadOlder());
    TableContents(*m_table).addColumnActions(*menu.addMenu(tr("Columns")));
    menu.exec(m_table->viewport()->mapToGlobal(position));
}

void ActivityPanel::exportRows()
{
    const QString failed =
        TableContents(*m_table).saveAsCsv(tr("Export activity"), QStringLiteral("activity.csv"));
    if (!failed.isEmpty())
        emit exportFailed(failed);
}

} // namespace prism::ui
