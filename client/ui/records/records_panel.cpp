#include "client/ui/records/records_panel.h"

#include "client/ui/records/record_words.h"
#include "client/ui/records/records_empty_note.h"
#include "client/ui/records/records_texts.h"
#include "client/ui/theme/icons.h"
#include "client/ui/widgets/choice_box.h"
#include "client/ui/widgets/focus.h"
#include "client/ui/widgets/foreign_text.h"
#include "client/ui/widgets/format.h"
#include "client/ui/widgets/notice_line.h"
#include "client/ui/widgets/page_turner.h"
#include "client/ui/widgets/steady_table.h"
#include "client/ui/widgets/table_contents.h"
#include "client/ui/widgets/terms.h"
#include "client/ui/widgets/why_line.h"

#include <QComboBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>

namespace prism::ui {

using model::RecordsModel;
using model::RecordsQuestion;
using protocol::Record;
using protocol::RecordType;

namespace {

/// By which the server can sort.
std::optional<RecordsQuestion::Order> orderOf(int column)
{
    if (column == RecordsModel::NameColumn)
        return RecordsQuestion::Order::Name;
    if (column == RecordsModel::UpdatedColumn)
        return RecordsQuestion::Order::UpdatedAt;
    return std::nullopt;
}

template <typename Button>
Button* named(Button* button, const char* name)
{
    button->setObjectName(QLatin1String(name));
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

} // namespace

RecordsPanel::RecordsPanel(RecordsModel& records, QWidget* parent)
    : Panel(parent)
    , m_records(records)
    , m_texts(new RecordsTexts(this))
    , m_table(named(new SteadyTable, "records"))
    , m_type(named<QComboBox>(new ChoiceBox, "records-type"))
    , m_search(named(new QLineEdit, "records-search"))
    , m_new(named(new QPushButton, "record-new"))
    , m_edit(named(new QPushButton, "record-edit"))
    , m_run(named(new QPushButton, "record-run"))
    , m_remove(named(new QPushButton, "record-remove"))
    , m_why(new WhyLine(QStringLiteral("records-why"), TextRole::Caption))
    , m_pages(new PageTurner(QStringLiteral("records"), *m_table))
    , m_notice(new NoticeLine)
    , m_empty(new RecordsEmptyNote(records, m_table))
{
    m_texts->setSourceModel(&records);
    m_table->setModel(m_texts);
    m_table->horizontalHeader()->setSectionsClickable(true);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    TableContents(*m_table).offerColumns();
    m_search->setClearButtonEnabled(true);
    m_notice->returnFocusTo(*m_table);
    m_new->setProperty("primary", true);
    layOut();
    connectControls();
    RecordsPanel::retranslate();
}

void RecordsPanel::layOut()
{
    m_search->setMinimumWidth(120);
    m_search->setMaximumWidth(240);
    header()->addWidget(m_type);
    header()->addWidget(m_search, 1);
    header()->addWidget(m_new);

    auto* overTable = new QVBoxLayout(m_table);
    overTable->addWidget(m_empty, 0, Qt::AlignCenter);

    auto* footer = new QHBoxLayout;
    footer->setSpacing(space::small);
    footer->addWidget(m_edit);
    footer->addWidget(m_run);
    footer->addWidget(m_remove);
    footer->addStretch(1);
    footer->addWidget(m_pages);
    body()->addWidget(m_table, 1);
    body()->addWidget(m_why);
    body()->addWidget(m_notice);
    body()->addLayout(footer);
}

void RecordsPanel::connectControls()
{
    connect(m_type, &QComboBox::activated, this, &RecordsPanel::chooseType);
    connect(m_search, &QLineEdit::textChanged, &m_records, &RecordsModel::setSearch);
    connect(m_new, &QPushButton::clicked, this, &RecordsPanel::newRequested);
    connect(m_edit, &QPushButton::clicked, this, &RecordsPanel::editSelected);
    connect(m_run, &QPushButton::clicked, this, &RecordsPanel::runSelected);
    connect(m_remove, &QPushButton::clicked, this, &RecordsPanel::removeSelected);
    connect(m_table, &SteadyTable::openRequested, this, &RecordsPanel::openSelected);
    connect(m_table, &SteadyTable::removeRequested, this, &RecordsPanel::removeSelected);
    connect(m_table, &SteadyTable::copyRequested, this, &RecordsPanel::copySelection);
    connect(m_table, &QTableView::doubleClicked, this, &RecordsPanel::openSelected);
    connect(m_table, &QWidget::customContextMenuRequested, this, &RecordsPanel::showContextMenu);
    connect(m_table->horizontalHeader(), &QHeaderView::sectionClicked, this, &RecordsPanel::sortBy);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            [this](const QItemSelection& selected) {
                if (!selected.isEmpty())
                    m_toSelect.clear(); // somebody has chosen since
                updateActions();
            });
    connect(m_pages, &PageTurner::previousRequested, &m_records,
            [this] { m_records.setPage(m_records.query().page - 1); });
    connect(m_pages, &PageTurner::nextRequested, &m_records,
            [this] { m_records.setPage(m_records.query().page + 1); });
    connect(m_empty, &RecordsEmptyNote::newRequested, this, &RecordsPanel::newRequested);
    connect(&m_records, &RecordsModel::changed, this, [this] {
        updatePlace();
        m_empty->retranslate();
        updateActions();
        if (m_records.query() != m_selectIn)
            m_toSelect.clear();
        if (!m_toSelect.isEmpty() && m_records.rowOf(m_toSelect) >= 0)
            select(std::exchange(m_toSelect, QString()));
    });
}

void RecordsPanel::chooseType(int index)
{
    m_records.setType(index > 0 ? std::optional(RecordWords::types[std::size_t(index) - 1]) : std::nullopt);
}

model::Narrowing RecordsPanel::narrowing() const
{
    return {m_search->text(), m_type->currentIndex()};
}

void RecordsPanel::narrow(const model::Narrowing& narrowing)
{
    m_search->setText(narrowing.search);
    m_type->setCurrentIndex(std::clamp(narrowing.group, 0, m_type->count() - 1));
    chooseType(m_type->currentIndex());
}

void RecordsPanel::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void RecordsPanel::focusTable()
{
    m_table->setFocus(Qt::OtherFocusReason);
}

std::optional<Record> RecordsPanel::selected() const
{
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    return rows.size() == 1 ? std::optional(m_records.record(rows.first().row())) : std::nullopt;
}

void RecordsPanel::selectCurrent()
{
    const QModelIndex current = m_table->currentIndex();
    if (current.isValid() && !m_table->selectionModel()->hasSelection())
        m_table->choose(current.row());
}

void RecordsPanel::select(const QString& id)
{
    const int row = m_records.rowOf(id);
    m_toSelect = row < 0 ? id : QString();
    m_selectIn = m_records.query();
    if (row >= 0)
        m_table->choose(row);
}

void RecordsPanel::setReadOnly(bool readOnly, const QString& why)
{
    m_readOnly = readOnly;
    m_why->display(readOnly ? why : QString());
    for (QPushButton* button : {m_new, m_edit, m_remove}) {
        if (readOnly)
            yieldFocus(*button, *m_table);
        button->setVisible(!readOnly);
    }
    m_empty->setReadOnly(readOnly);
    m_empty->retranslate();
    describeTable();
}

void RecordsPanel::describeTable()
{
    m_table->setAccessibleDescription(m_readOnly ? tr("Enter runs the selected record")
                                                 : tr("Enter edits, Delete deletes the selected record"));
}

void RecordsPanel::openSelected()
{
    if (m_readOnly)
        runSelected();
    else
        editSelected();
}

void RecordsPanel::editSelected()
{
    if (const std::optional<Record> record = selected())
        emit editRequested(*record);
}

void RecordsPanel::runSelected()
{
    if (const std::optional<Record> record = selected())
        emit runRequested(*record);
}

void RecordsPanel::removeSelected()
{
    if (const std::optional<Record> record = m_readOnly ? std::nullopt : selected())
        emit removeRequested(*record);
}

void RecordsPanel::sortBy(int column)
{
    const std::optional<RecordsQuestion::Order> order = orderOf(column);
    if (!order)
        return;
    const RecordsQuestion& query = m_records.query();
    // Names from A on, times from the latest on; the second press turns it round, the third takes it away.
    const bool first = *order == RecordsQuestion::Order::Name;
    if (query.order != *order)
        m_records.setOrder(*order, first);
    else if (query.ascending == first)
        m_records.setOrder(*order, !first);
    else
        m_records.setOrder(RecordsQuestion::Order::CreatedAt, false);
    showOrder();
}

void RecordsPanel::showOrder()
{
    const RecordsQuestion& query = m_records.query();
    QHeaderView* columns = m_table->horizontalHeader();
    columns->setSortIndicatorShown(query.order != RecordsQuestion::Order::CreatedAt);
    columns->setSortIndicator(query.order == RecordsQuestion::Order::Name ? RecordsModel::NameColumn
                                                                          : RecordsModel::UpdatedColumn,
                              query.ascending ? Qt::AscendingOrder : Qt::DescendingOrder);
}

void RecordsPanel::updateActions()
{
    const bool one = selected().has_value();
    for (QPushButton* button : {m_edit, m_run, m_remove}) {
        if (!one)
            yieldFocus(*button, *m_table);
        button->setEnabled(one);
    }
}

void RecordsPanel::updatePlace()
{
    const Format format(locale());
    const qint64 first = qint64(m_records.query().page - 1) * RecordsModel::pageSize + 1;
    const qint64 last = first + m_records.rowCount() - 1;
    QString text;
    if (m_records.isShown() && m_records.rowCount() > 0) {
        text = m_records.total()
                   ? tr("%1–%2 of %3")
                         .arg(format.count(first), format.count(last), format.count(*m_records.total()))
                   : tr("%1–%2").arg(format.count(first), format.count(last));
    }
    m_pages->display(text, m_records.query().page > 1, m_records.hasNext());
}

void RecordsPanel::copySelection() const
{
    TableContents(*m_table).copySelection();
}

void RecordsPanel::exportRows()
{
    const QString failed =
        TableContents(*m_table).saveAsCsv(tr("Export records"), QStringLiteral("records.csv"));
    if (!failed.isEmpty())
        m_notice->display(NoticeLine::Kind::Trouble, tr("%1 could not be written.").arg(isolated(failed)));
}

void RecordsPanel::showContextMenu(const QPoint& position)
{
    QMenu menu(this);
    for (QPushButton* button : {m_edit, m_run, m_remove}) {
        if (button->isHidden())
            continue;
        menu.addAction(button->text(), button, &QPushButton::click)->setEnabled(button->isEnabled());
    }
    menu.addSeparator();
    QAction* copy = menu.addAction(tr("Copy selected rows"), this, &RecordsPanel::copySelection);
    copy->setShortcut(QKeySequence::Copy);
    copy->setEnabled(m_table->selectionModel()->hasSelection());
    menu.addAction(tr("Export this page as CSV…"), this, &RecordsPanel::exportRows)
        ->setEnabled(m_records.rowCount() > 0);
    TableContents(*m_table).addColumnActions(*menu.addMenu(tr("Columns")));
    menu.exec(m_table->viewport()->mapToGlobal(position));
}

void RecordsPanel::arrangeColumns()
{
    const QFontMetrics metrics(m_table->font());
    const auto room = [&](const QString& text) {
        return metrics.horizontalAdvance(text) + 2 * space::medium;
    };
    int type = room(tr("Type"));
    for (const RecordType each : RecordWords::types)
        type = std::max(type, room(RecordWords::type(each)));
    int period = room(tr("Period"));
    for (const protocol::Period each : protocol::allPeriods)
        period = std::max(period, room(Terms::period(each)));
    QHeaderView* columns = m_table->horizontalHeader();
    columns->setSectionResizeMode(QHeaderView::Fixed);
    columns->setSectionResizeMode(RecordsModel::NameColumn, QHeaderView::Stretch);
    columns->setSectionResizeMode(RecordsModel::DescriptionColumn, QHeaderView::Stretch);
    columns->resizeSection(RecordsModel::TypeColumn, type);
    columns->resizeSection(RecordsModel::PeriodColumn, period);
    columns->resizeSection(
        RecordsModel::UpdatedColumn,
        room(locale().toString(QDateTime::currentDateTime(), QStringLiteral("00 MMM 00:00 "))));
}

void RecordsPanel::retranslate()
{
    setTitle(tr("Records"));
    m_texts->setLocale(locale());
    const QSignalBlocker quiet(m_type);
    const int chosen = std::max(m_type->currentIndex(), 0);
    m_type->clear();
    m_type->addItem(tr("All types"));
    for (const RecordType type : RecordWords::types)
        m_type->addItem(RecordWords::type(type));
    m_type->setCurrentIndex(chosen);

    const Theme theme = Theme::of(this);
    if (m_search->actions().isEmpty())
        m_search->addAction(QIcon(), QLineEdit::LeadingPosition);
    m_search->actions().constFirst()->setIcon(icon(QStringLiteral("search"), theme.mutedText));
    m_search->setPlaceholderText(tr("Search (Ctrl+F)"));
    m_new->setText(tr("New record"));
    m_new->setToolTip(tr("New record (Ctrl+N)"));
    m_edit->setText(tr("Edit"));
    m_edit->setToolTip(tr("Edit the selected record (Enter)"));
    m_run->setText(tr("Run"));
    m_run->setToolTip(tr("Compute what the selected record asks for"));
    m_remove->setText(tr("Delete"));
    m_remove->setToolTip(tr("Delete the selected record (Del)"));
    for (QPushButton* button : {m_new, m_edit, m_run, m_remove}) {
        button->setAccessibleName(button->text());
        button->setAccessibleDescription(button->toolTip());
    }
    m_type->setAccessibleName(tr("Show records of type"));
    m_type->setAccessibleDescription(tr("Limits the list to one type of record"));
    m_search->setAccessibleName(tr("Search records"));
    m_search->setAccessibleDescription(tr("Looks in names and descriptions"));
    m_table->setAccessibleName(tr("Records"));
    describeTable();
    updatePlace();
    m_empty->retranslate();
    updateActions();
    arrangeColumns();
    showOrder();
}

} // namespace prism::ui
