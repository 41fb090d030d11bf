#include "client/ui/records/record_form.h"

#include "client/model/record_editor.h"
#include "client/ui/records/filter_editor.h"
#include "client/ui/records/metric_list.h"
#include "client/ui/records/record_words.h"
#include "client/ui/widgets/choice_box.h"
#include "client/ui/widgets/error_words.h"
#include "client/ui/widgets/focus.h"
#include "client/ui/widgets/form_scroll.h"
#include "client/ui/widgets/text.h"
#include "shared/protocol/text.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QShortcut>
#include <QVBoxLayout>

#include <algorithm>

namespace prism::ui {

using model::RecordEditor;
using model::RecordField;
using model::RecordFields;
using protocol::ErrorCode;

namespace {

constexpr int longestName = 100;
constexpr int longestDescription = 500;

/// As the server counts.
bool isLonger(const QString& text, int limit)
{
    return protocol::charactersIn(protocol::cleaned(text)) > limit;
}

} // namespace

RecordForm::RecordForm(RecordEditor& editor, QWidget* parent)
    : Panel(parent)
    , m_editor(editor)
    , m_note(new Text(TextRole::Body, Text::Ink::Caution))
    , m_scroll(new FormScroll)
    , m_name(new QLineEdit)
    , m_type(new ChoiceBox)
    , m_description(new QPlainTextEdit)
    , m_period(new ChoiceBox)
    , m_metrics(new MetricList)
    , m_filters(new FilterEditor)
    , m_save(new QPushButton)
    , m_leave(new QPushButton)
{
    m_name->setObjectName(QStringLiteral("record-name"));
    m_type->setObjectName(QStringLiteral("record-type"));
    m_description->setObjectName(QStringLiteral("record-description"));
    m_description->setTabChangesFocus(true);
    m_period->setObjectName(QStringLiteral("record-period"));
    m_metrics->setObjectName(QStringLiteral("record-metrics"));
    m_save->setObjectName(QStringLiteral("record-save"));
    m_save->setProperty("primary", true);
    m_leave->setObjectName(QStringLiteral("record-leave"));
    m_note->setObjectName(QStringLiteral("record-note"));
    m_note->setWordWrap(true);
    setFocusProxy(m_name);

    m_scroll->setWidget(layOut());
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(space::small);
    buttons->addWidget(m_save);
    buttons->addWidget(m_leave);
    buttons->addStretch(1);
    body()->addWidget(m_note);
    body()->addWidget(m_scroll, 1);
    body()->addLayout(buttons);

    connect(m_save, &QPushButton::clicked, this, &RecordForm::save);
    connect(m_leave, &QPushButton::clicked, this, &RecordForm::leave);
    auto* saves = new QShortcut(QKeySequence::Save, this, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
    connect(saves, &QShortcut::activated, m_save, &QPushButton::click);
    auto* leaves = new QShortcut(Qt::Key_Escape, this, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
    connect(leaves, &QShortcut::activated, m_leave, &QPushButton::click);
    connect(m_name, &QLineEdit::textEdited, this, &RecordForm::showProblems);
    connect(m_description, &QPlainTextEdit::textChanged, this, &RecordForm::showProblems);
    connect(&editor, &RecordEditor::opened, this, &RecordForm::open);
    connect(&editor, &RecordEditor::changed, this, &RecordForm::follow);
    RecordForm::retranslate();
}

QWidget* RecordForm::layOut()
{
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, space::small, 0);
    column->setSpacing(space::tiny);
    addField(column, RecordField::Name, m_name);
    auto* pair = new QHBoxLayout;
    pair->setSpacing(space::medium);
    for (const auto& [field, control] :
         {std::pair(RecordField::Type, m_type), std::pair(RecordField::Period, m_period)}) {
        auto* half = new QVBoxLayout;
        half->setSpacing(space::tiny);
        addField(half, field, control);
        pair->addLayout(half, 1);
    }
    addField(column, RecordField::Description, m_description);
    column->addLayout(pair);
    addField(column, RecordField::Metrics, m_metrics);
    addField(column, RecordField::Filters, m_filters);
    column->addStretch(1);
    return content;
}

void RecordForm::addField(QVBoxLayout* column, RecordField field, QWidget* control)
{
    auto* label = new Text(TextRole::Caption, Text::Ink::Muted);
    auto* problem = new Text(TextRole::Caption, Text::Ink::Bad);
    label->setBuddy(control);
    problem->setObjectName(control->objectName() + QStringLiteral("-problem"));
    problem->setWordWrap(true);
    problem->hide();
    column->addSpacing(space::tiny);
    column->addWidget(label);
    column->addWidget(control);
    column->addWidget(problem);
    m_labels.insert(field, label);
    m_problems.insert(field, problem);
}

RecordFields RecordForm::fields() const
{
    RecordFields fields = m_filled;
    fields.name = protocol::cleaned(m_name->text());
    fields.type = RecordWords::types[std::size_t(std::max(m_type->currentIndex(), 0))];
    fields.description = protocol::cleaned(m_description->toPlainText());
    fields.period = m_period->currentIndex() > 0
                        ? std::optional(protocol::allPeriods[std::size_t(m_period->currentIndex()) - 1])
                        : std::nullopt;
    fields.filters = m_filters->filters();
    fields.metrics = m_metrics->metrics();
    return fields;
}

std::optional<model::UnsavedRecord> RecordForm::unsaved() const
{
    return m_editor.unsaved(fields());
}

void RecordForm::remind()
{
    askBeforeLeaving(true);
    m_name->setFocus(Qt::OtherFocusReason);
}

QWidget* RecordForm::controlOf(RecordField field) const
{
    switch (field) {
    case RecordField::Type:
        return m_type;
    case RecordField::Description:
        return m_description;
    case RecordField::Metrics:
        return m_metrics;
    case RecordField::Period:
        return m_period;
    case RecordField::Filters:
        return m_filters;
    case RecordField::Name:
        break;
    }
    return m_name;
}

/// As the editor has it.
void RecordForm::showField(RecordField field)
{
    m_filled.take(field, m_editor.fields());
    switch (field) {
    case RecordField::Name:
        return m_name->setText(m_filled.name);
    case RecordField::Description:
        return m_description->setPlainText(m_filled.description);
    case RecordField::Metrics:
        return m_metrics->setMetrics(m_filled.metrics);
    case RecordField::Filters:
        return m_filters->setFilters(m_filled.filters);
    case RecordField::Type:
        for (std::size_t i = 0; i < RecordWords::types.size(); ++i) {
            if (RecordWords::types[i] == m_filled.type)
                m_type->setCurrentIndex(int(i));
        }
        return;
    case RecordField::Period:
        return m_period->setCurrentIndex(m_filled.period ? int(*m_filled.period) + 1 : 0);
    }
}

void RecordForm::open()
{
    m_tried = false;
    m_asks = false;
    for (const RecordField field : model::allRecordFields)
        showField(field);
    m_scroll->ensureVisible(0, 0);
    retranslate();
}

void RecordForm::follow()
{
    const bool wasSaving = std::exchange(m_isSaving, m_editor.state() == RecordEditor::State::Saving);
    const bool isEditing = m_editor.state() == RecordEditor::State::Editing;
    if (wasSaving && isEditing)
        takeOver();
    if (m_isSaving && !wasSaving)
        m_worked = isAncestorOf(window()->focusWidget()) ? window()->focusWidget() : m_name;
    setFocusProxy(isEditing ? static_cast<QWidget*>(m_name) : m_leave);
    // What is disabled cannot have the focus, and Qt would give it to whatever comes next.
    if (!isEditing && isAncestorOf(window()->focusWidget()))
        m_leave->setFocus(Qt::OtherFocusReason);
    m_scroll->widget()->setEnabled(isEditing);
    m_save->setEnabled(isEditing);
    retranslate();
    if (wasSaving && isEditing)
        returnFocus();
}

/// What could not be saved may have been merged with somebody else's words. What is as it was typed stays.
void RecordForm::takeOver()
{
    const RecordFields typed = fields();
    for (const RecordField field : model::allRecordFields) {
        if (!typed.isEqual(field, m_editor.fields()))
            showField(field);
    }
}

/// To what was refused, or else to where the person was, who may have gone elsewhere meanwhile.
void RecordForm::returnFocus()
{
    if (!m_worked || window()->focusWidget() != m_leave)
        return;
    QWidget* wanted = m_worked;
    for (const RecordField field : model::allRecordFields) {
        if (problemOf(field).isEmpty())
            continue;
        QWidget* refused = controlOf(field);
        if (!refused->isAncestorOf(wanted))
            wanted = refused;
        break;
    }
    wanted->setFocus(Qt::OtherFocusReason);
    m_scroll->ensureWidgetVisible(wanted);
}

void RecordForm::setReadOnly(bool readOnly)
{
    if (readOnly)
        yieldFocus(*m_save, *m_name);
    m_save->setVisible(!readOnly);
}

void RecordForm::save()
{
    if (m_save->isHidden())
        return;
    m_tried = true;
    m_asks = false;
    showProblems();
    const RecordFields words = fields();
    for (const RecordField field : {RecordField::Name, RecordField::Description}) {
        if (!problemOf(field).isEmpty()) {
            (field == RecordField::Name ? static_cast<QWidget*>(m_name) : m_description)->setFocus();
            return;
        }
    }
    m_editor.save(words);
}

void RecordForm::leave()
{
    const std::optional<model::UnsavedRecord> lost = unsaved();
    if (lost && !m_asks)
        return askBeforeLeaving(true);
    m_editor.close();
    if (lost)
        emit discarded(*lost);
}

void RecordForm::askBeforeLeaving(bool asks)
{
    m_asks = asks;
    retranslate();
}

/// What is wrong can be seen without the server, or the server said so of these very words.
QString RecordForm::problemOf(RecordField field) const
{
    if (field == RecordField::Name && m_tried && protocol::isBlank(m_name->text()))
        return tr("A record needs a name.");
    if (field == RecordField::Name && isLonger(m_name->text(), longestName))
        return tr("At most %Ln character(s).", nullptr, longestName);
    if (field == RecordField::Description && isLonger(m_description->toPlainText(), longestDescription))
        return tr("At most %Ln character(s).", nullptr, longestDescription);
    const QString words = m_editor.problemOf(field);
    if (words.isEmpty() || !fields().isEqual(field, m_editor.fields()))
        return {};
    if (field == RecordField::Name && m_editor.error()->code == ErrorCode::AlreadyExists)
        return tr("Another record has this name already.");
    return ErrorWords(locale()).reason(words);
}

/// Whether what the server refused is said beside a field.
bool RecordForm::isPlaced() const
{
    return std::ranges::any_of(model::allRecordFields,
                               [this](RecordField field) { return !m_editor.problemOf(field).isEmpty(); });
}

void RecordForm::showProblems()
{
    for (const RecordField field : model::allRecordFields) {
        const QString problem = problemOf(field);
        m_problems[field]->setText(problem);
        m_problems[field]->setVisible(!problem.isEmpty());
    }
    const QString wrong = problemOf(RecordField::Name);
    m_name->setAccessibleDescription(wrong.isEmpty() ? tr("What the record is called, unlike any other")
                                                     : wrong);
    const QString tooLong = problemOf(RecordField::Description);
    m_description->setAccessibleDescription(tooLong.isEmpty() ? tr("What the record is for") : tooLong);
}

void RecordForm::retranslate()
{
    setTitle(m_editor.isNew() ? tr("New record") : tr("Edit record"));
    for (const RecordField field : model::allRecordFields)
        m_labels[field]->setText(RecordWords::field(field));
    m_labels[RecordField::Metrics]->setText(tr("Metrics (none chosen: all)"));

    for (std::size_t i = 0; i < RecordWords::types.size(); ++i) {
        if (m_type->count() <= int(i))
            m_type->addItem({});
        m_type->setItemText(int(i), RecordWords::type(RecordWords::types[i]));
    }
    for (std::size_t i = 0; i <= protocol::allPeriods.size(); ++i) {
        if (m_period->count() <= int(i))
            m_period->addItem({});
        m_period->setItemText(
            int(i), RecordWords::period(i == 0 ? std::nullopt : std::optional(protocol::allPeriods[i - 1])));
    }
    m_metrics->retranslate();
    constexpr int descriptionLines = 3;
    const int height = m_description->fontMetrics().lineSpacing() * descriptionLines + space::large;
    m_description->setFixedHeight(std::max(height, m_description->minimumSizeHint().height()));

    const bool isSaving = m_editor.state() == RecordEditor::State::Saving;
    m_save->setText(isSaving ? tr("Saving…") : tr("Save"));
    m_save->setToolTip(tr("Save (Ctrl+S)"));
    m_save->setAccessibleName(tr("Save"));
    m_save->setAccessibleDescription(tr("Stores the record on the server"));
    m_leave->setText(m_asks ? tr("Discard changes") : tr("Cancel"));
    m_leave->setToolTip(tr("Close without saving (Esc)"));
    m_leave->setAccessibleName(m_leave->text());
    m_leave->setAccessibleDescription(tr("Closes the form without saving"));
    m_name->setAccessibleName(RecordWords::field(RecordField::Name));
    m_type->setAccessibleName(RecordWords::field(RecordField::Type));
    m_type->setAccessibleDescription(tr("How the record came about"));
    m_description->setAccessibleName(RecordWords::field(RecordField::Description));
    m_period->setAccessibleName(RecordWords::field(RecordField::Period));
    m_period->setAccessibleDescription(tr("The span of time the metrics are computed over"));
    m_metrics->setAccessibleName(RecordWords::field(RecordField::Metrics));
    m_metrics->setAccessibleDescription(tr("Space chooses; without any, all are computed"));

    QString note;
    const auto& error = m_editor.error();
    if (m_asks)
        note = tr("There are changes that are not saved. Save them, or discard them.");
    else if (m_editor.wasRemoved())
        note = tr("Somebody deleted this record meanwhile. Saving creates it again.");
    else if (error && error->code == ErrorCode::Unavailable)
        note = tr("It is not known whether this was saved: %1 Saving again is safe, it is done once.")
                   .arg(ErrorWords(locale()).sentence(*error));
    else if (error && error->code != ErrorCode::AlreadyExists && !isPlaced())
        note = ErrorWords(locale()).sentence(*error, RecordWords::fieldLabel);
    else if (m_editor.isResumed())
        note = tr("This was not saved. It is as you left it.");
    else if (m_editor.isOutdated())
        note = tr("Somebody else changed this record meanwhile. Saving brings both together.");
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
    showProblems();
}

} // namespace prism::ui
