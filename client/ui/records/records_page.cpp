#include "client/ui/records/records_page.h"

#include "client/model/record_editor.h"
#include "client/model/record_removal.h"
#include "client/model/record_run.h"
#include "client/model/records_model.h"
#include "client/ui/records/record_conflict.h"
#include "client/ui/records/record_form.h"
#include "client/ui/records/record_result_panel.h"
#include "client/ui/records/records_panel.h"
#include "client/ui/theme/theme.h"
#include "client/ui/widgets/error_words.h"
#include "client/ui/widgets/foreign_text.h"
#include "client/ui/widgets/notice_line.h"

#include <QHBoxLayout>
#include <QShortcut>
#include <QStackedWidget>

namespace prism::ui {

using model::RecordEditor;
using protocol::Error;
using protocol::ErrorCode;
using protocol::Record;

RecordsPage::RecordsPage(const Models& models, QWidget* parent)
    : QWidget(parent)
    , m_models(models)
    , m_panel(new RecordsPanel(models.records))
    , m_side(new QStackedWidget)
    , m_form(new RecordForm(models.editor))
    , m_conflict(new RecordConflict(models.editor))
    , m_result(new RecordResultPanel(models.run))
{
    for (QWidget* panel : std::initializer_list<QWidget*>{m_form, m_conflict, m_result})
        m_side->addWidget(panel);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::medium);
    layout->addWidget(m_panel, 5);
    layout->addWidget(m_side, 4);
    m_side->hide();

    connect(m_panel, &RecordsPanel::newRequested, this, &RecordsPage::startNew);
    connect(m_panel, &RecordsPanel::editRequested, this, &RecordsPage::edit);
    connect(m_panel, &RecordsPanel::runRequested, this, &RecordsPage::run);
    connect(m_panel, &RecordsPanel::removeRequested, this, &RecordsPage::remove);
    connect(m_panel->notice(), &NoticeLine::actionRequested, this, &RecordsPage::undo);
    connect(m_panel->notice(), &NoticeLine::dismissed, this, [this] {
        m_discarded.reset();
        m_models.removal.forget();
    });
    connect(m_form, &RecordForm::discarded, this, &RecordsPage::onDiscarded);
    connect(&models.editor, &RecordEditor::changed, this, &RecordsPage::showSide);
    connect(&models.editor, &RecordEditor::saved, this, &RecordsPage::onSaved);
    connect(&models.run, &model::RecordRun::changed, this, &RecordsPage::showSide);
    connect(&models.removal, &model::RecordRemoval::changed, this, &RecordsPage::onRemoved);
    connect(&models.removal, &model::RecordRemoval::removedRecord, m_panel, &RecordsPanel::selectCurrent);
    connect(&models.removal, &model::RecordRemoval::failed, this, &RecordsPage::onFailed);
    connect(&models.removal, &model::RecordRemoval::restored, this, [this](const Record& record) {
        m_panel->notice()->display(NoticeLine::Kind::Done, tr("“%1” is back.").arg(isolated(record.name)));
        m_panel->select(record.id);
    });
    auto* undo = new QShortcut(QKeySequence::Undo, m_panel, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
    connect(undo, &QShortcut::activated, this, &RecordsPage::undo);
}

std::optional<model::UnsavedRecord> RecordsPage::unsaved() const
{
    return m_form->unsaved();
}

void RecordsPage::resume(const model::UnsavedRecord& record)
{
    m_models.run.close();
    m_models.editor.resume(record);
}

void RecordsPage::undo()
{
    if (m_readOnly)
        return;
    if (!m_discarded)
        return m_models.removal.undo();
    if (!mayLeaveForm())
        return;
    resume(*std::exchange(m_discarded, std::nullopt));
    m_panel->notice()->clear();
}

void RecordsPage::onDiscarded(const model::UnsavedRecord& record)
{
    m_discarded = record;
    m_panel->notice()->display(NoticeLine::Kind::Done, tr("Your changes were discarded."), tr("Undo"));
}

void RecordsPage::setReadOnly(bool readOnly, const QString& why)
{
    m_readOnly = readOnly;
    m_panel->setReadOnly(readOnly, why);
    m_form->setReadOnly(readOnly);
}

void RecordsPage::focusSearch()
{
    m_panel->focusSearch();
}

void RecordsPage::setFreshness(const Freshness& freshness)
{
    m_panel->setFreshness(freshness);
}

bool RecordsPage::mayLeaveForm()
{
    if (m_models.editor.state() == RecordEditor::State::Closed)
        return true;
    if (m_models.editor.state() == RecordEditor::State::Editing && !m_form->unsaved())
        return true;
    if (m_models.editor.state() == RecordEditor::State::Editing)
        m_form->remind();
    return false;
}

void RecordsPage::startNew()
{
    if (m_readOnly || !mayLeaveForm())
        return;
    m_models.run.close();
    m_models.editor.startNew();
}

void RecordsPage::edit(const Record& record)
{
    if (!mayLeaveForm())
        return;
    m_models.run.close();
    m_models.editor.edit(record);
}

void RecordsPage::run(const Record& record)
{
    if (!mayLeaveForm())
        return;
    m_models.editor.close();
    m_models.run.run(record);
}

void RecordsPage::remove(const Record& record)
{
    m_models.removal.remove(record);
}

void RecordsPage::showSide()
{
    QWidget* shown = nullptr;
    if (m_models.editor.state() == RecordEditor::State::Conflict)
        shown = m_conflict;
    else if (m_models.editor.state() != RecordEditor::State::Closed)
        shown = m_form;
    else if (m_models.run.record())
        shown = m_result;
    const QWidget* before = m_side->isVisibleTo(this) ? m_side->currentWidget() : nullptr;
    const bool hadFocus = m_side->isAncestorOf(window()->focusWidget());
    if (shown)
        m_side->setCurrentWidget(shown);
    m_side->setVisible(shown);
    if (shown && shown != before && isVisible())
        (shown == m_conflict ? m_conflict->entrance()
         : shown == m_result ? m_result->entrance()
                             : shown)
            ->setFocus(Qt::OtherFocusReason);
    else if (!shown && hadFocus)
        m_panel->focusTable();
}

void RecordsPage::onSaved(const Record& record, bool merged)
{
    m_panel->notice()->display(
        NoticeLine::Kind::Done,
        merged ? tr("“%1” is saved, with somebody else's changes in it.").arg(isolated(record.name))
               : tr("“%1” is saved.").arg(isolated(record.name)));
    m_discarded.reset();
    m_models.removal.forget();
    m_panel->select(record.id);
    m_panel->focusTable(); // the form that had the focus is closed
}

void RecordsPage::onRemoved()
{
    if (const auto& removed = m_models.removal.removed()) {
        m_discarded.reset();
        m_panel->notice()->display(NoticeLine::Kind::Done,
                                   tr("“%1” was deleted.").arg(isolated(removed->name)), tr("Undo"));
        if (m_models.run.record() && m_models.run.record()->id == removed->id)
            m_models.run.close();
    }
}

void RecordsPage::onFailed(const Record& record, const Error& error)
{
    const QString why = error.code == ErrorCode::VersionConflict
                            ? tr("somebody changed it meanwhile; have another look")
                            : ErrorWords(locale()).sentence(error);
    m_panel->notice()->display(NoticeLine::Kind::Trouble,
                               tr("“%1”: %2", "record, why not").arg(isolated(record.name), why),
                               m_models.removal.removed() ? tr("Undo") : QString());
}

} // namespace prism::ui
