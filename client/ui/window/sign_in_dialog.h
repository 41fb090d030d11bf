#pragma once

#include "client/model/access.h"
#include "client/model/pairing.h"
#include "client/ui/widgets/dialog.h"

class QLabel;
class QLineEdit;
class QPushButton;

namespace prism::ui {

class NoticeLine;
class PairingBox;
class Text;

/// Signing in at the window's server, by a token or by a code that somebody lets one in by, and out again;
/// says who is signed in and where the token is kept. What is typed is shown to nobody. Borrows the access
/// and the pairing.
class SignInDialog : public Dialog
{
    Q_OBJECT

public:
    /// `server` is what a person knows it by.
    SignInDialog(model::Access& access, model::Pairing& pairing, const QString& server,
                 QWidget* parent = nullptr);

protected:
    void retranslate() override;

private:
    void layOut();
    void follow();
    void signIn();
    void onSignedIn();
    void say(const protocol::Error& error);

    model::Access& m_access;
    model::Pairing& m_pairing;
    const QString m_server;
    Text* m_self;
    Text* m_kept;
    QLabel* m_label;
    QLineEdit* m_token;
    Text* m_hint;
    PairingBox* m_box;
    NoticeLine* m_notice;
    QPushButton* m_signIn;
    QPushButton* m_signOut;
    QPushButton* m_close;
};

} // namespace prism::ui
