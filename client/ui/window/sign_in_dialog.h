#pragma once

#include "client/model/access.h"

#include <QDialog>

class QLineEdit;
class QPushButton;

namespace prism::ui {

class NoticeLine;
class Text;

/// Signing in at the window's server by a token, and out again; says who is signed in and where the token is
/// kept. What is typed is shown to nobody. Borrows the access.
class SignInDialog : public QDialog
{
    Q_OBJECT

public:
    /// `server` is what a person knows it by.
    SignInDialog(model::Access& access, const QString& server, QWidget* parent = nullptr);

private:
    void follow();
    void signIn();
    void onSignedIn();
    void say(const protocol::Error& error);

    model::Access& m_access;
    Text* m_self;
    Text* m_kept;
    QLineEdit* m_token;
    NoticeLine* m_notice;
    QPushButton* m_signIn;
    QPushButton* m_signOut;
    QPushButton* m_close;
};

} // namespace prism::ui
