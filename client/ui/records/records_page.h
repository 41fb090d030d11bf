#pragma once

#include "client/model/drafts.h"

#include <QWidget>

#include <optional>

class QStackedWidget;

namespace prism::model {
class RecordEditor;
class RecordRemoval;
class RecordRun;
class RecordsModel;
} // namespace prism::model

namespace prism::protocol {
struct Error;
struct Record;
} // namespace prism::protocol

namespace prism::ui {

class RecordConflict;
class RecordForm;
class RecordResultPanel;
class RecordsPanel;
struct Freshness;

/// The list of records, and beside it what is being done with one: editing, bringing two changes together, or
/// its result. Borrows the models, which outlive it.
class RecordsPage : public QWidget
{
    Q_OBJECT

public:
    struct Models
    {
        model::RecordsModel& records;
        model::RecordEditor& editor;
        model::RecordRun& run;
        model::RecordRemoval& removal;
    };

    explicit RecordsPage(const Models& models, QWidget* parent = nullptr);

    RecordsPanel* panel() const { return m_panel; }
    /// Only runs records; `why` says so in a sentence.
    void setReadOnly(bool readOnly, const QString& why);
    void focusSearch();
    /// Begins a new record, unless another one has changes that are not saved.
    void startNew();
    void setFreshness(const Freshness& freshness);

    /// What would be lost with the page.
    std::optional<model::UnsavedRecord> unsaved() const;
    void resume(const model::UnsavedRecord& record);

private:
    void edit(const protocol::Record& record);
    void run(const protocol::Record& record);
    void remove(const protocol::Record& record);
    bool mayLeaveForm();
    void showSide();
    void onSaved(const protocol::Record& record, bool merged);
    void onRemoved();
    void onDiscarded(const model::UnsavedRecord& record);
    void undo();
    void onFailed(const protocol::Record& record, const protocol::Error& error);

    Models m_models;
    bool m_readOnly = false;
    RecordsPanel* m_panel;
    QStackedWidget* m_side;
    RecordForm* m_form;
    RecordConflict* m_conflict;
    RecordResultPanel* m_result;
    std::optional<model::UnsavedRecord> m_discarded; ///< while the notice offers to have it back
};

} // namespace prism::ui
