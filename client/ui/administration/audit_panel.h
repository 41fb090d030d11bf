#pragma once

#include "client/model/administration.h"
#include "client/ui/widgets/panel.h"

class QPlainTextEdit;
class QPushButton;

namespace prism::ui {

class AuditFilter;
class AuditTexts;
class NoticeLine;
class SteadyTable;

/// Who did what at the server, the newest first: found by a filter, all of one beside it, and to be kept in a
/// file. Borrows the models.
class AuditPanel : public Panel
{
    Q_OBJECT

public:
    explicit AuditPanel(model::Administration& administration, QWidget* parent = nullptr);

    /// As export asks for, without asking where.
    void exportTo(const QString& path);

protected:
    void retranslate() override;
    bool isVeiledWhileLoading() const override { return false; }

private:
    void layOut();
    void connectModels();
    void follow();
    void showDetails();
    void arrangeColumns();
    void chooseFile();

    model::AuditModel& m_audit;
    model::AuditExport& m_export;
    AuditFilter* m_filter;
    AuditTexts* m_texts;
    SteadyTable* m_table;
    Text* m_state;
    QPlainTextEdit* m_details;
    QPushButton* m_more;
    QPushButton* m_save;
    NoticeLine* m_notice;
};

} // namespace prism::ui
