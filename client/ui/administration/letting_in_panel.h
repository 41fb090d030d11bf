#pragma once

#include "client/model/letting_in.h"
#include "client/ui/administration/sentences_panel.h"

class QLabel;
class QLineEdit;
class QPushButton;

namespace prism::ui {

class NoticeLine;
class NumberField;
class RoleBox;

/// Where an admin lets in a dashboard by the code that somebody reads out from it; says who waits. Borrows
/// the model.
class LettingInPanel : public SentencesPanel
{
    Q_OBJECT

public:
    explicit LettingInPanel(model::LettingIn& letting, QWidget* parent = nullptr);

protected:
    void retranslate() override;

private:
    void layOut();
    void follow();
    void approve();
    void onApproved(const model::ApprovedPairing& pairing);
    void onRefused(const protocol::Error& error);
    QString waiting() const;

    model::LettingIn& m_letting;
    Text* m_waiting;
    QLabel* m_codeLabel;
    QLineEdit* m_code;
    QLabel* m_roleLabel;
    RoleBox* m_role;
    NumberField* m_days;
    QPushButton* m_approve;
    NoticeLine* m_notice;
};

} // namespace prism::ui
