#pragma once

#include "client/model/tokens_model.h"
#include "client/ui/widgets/dialog.h"

class QLabel;
class QLineEdit;
class QPushButton;

namespace prism::ui {

class NoticeLine;
class NumberField;
class RoleBox;
class Text;

/// What an admin does with a token: makes one, has another secret made, or ends it, after having been asked
/// once more. The secret is shown once, to be copied. Borrows the model.
class TokenDialog : public Dialog
{
    Q_OBJECT

public:
    using Deed = model::TokensModel::Deed;

    /// `token` is the one that it is done with, if there is one.
    TokenDialog(model::TokensModel& tokens, Deed deed, const model::TokenEntry& token,
                QWidget* parent = nullptr);

    /// It is the one by which the window itself is signed in.
    void warnOfOwn();

protected:
    void retranslate() override;

private:
    void layOut();
    void follow();
    void act();
    void onMade(const model::MadeToken& token);
    void onFailed(Deed deed, const protocol::Error& error);
    void copy();
    QString problem(const protocol::Error& error) const;

    model::TokensModel& m_tokens;
    const Deed m_deed;
    const model::TokenEntry m_token;
    bool m_isOwn = false;
    bool m_isDone = false;
    QWidget* m_form;
    QLabel* m_nameLabel;
    QLineEdit* m_name;
    QLabel* m_roleLabel;
    RoleBox* m_role;
    QLabel* m_numberLabel;
    NumberField* m_number; ///< days of a new one, hours of the secret of before
    Text* m_what;
    QLineEdit* m_secret;
    QPushButton* m_copy;
    NoticeLine* m_notice;
    QPushButton* m_act;
    QPushButton* m_close;
};

} // namespace prism::ui
