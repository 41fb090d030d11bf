#pragma once

#include "client/model/access.h"

#include <QDialog>

class QLabel;
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

    QSize minimumSizeHint() const override;

protected:
    bool event(QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void follow();
    void makeRoom();
    void signIn();
    void onSignedIn();
    void say(const protocol::Error& error);

    model::Access& m_access;
    const QString m_server;
    Text* m_self;
    Text* m_kept;
    QLabel* m_label;
    QLineEdit* m_token;
    Text* m_hint;
    NoticeLine* m_notice;
    QPushButton* m_signIn;
    QPushButton* m_signOut;
    QPushButton* m_close;
};

} // namespace prism::ui
