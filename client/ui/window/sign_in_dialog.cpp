#include "client/ui/window/sign_in_dialog.h"

#include "client/ui/widgets/access_words.h"
#include "client/ui/widgets/focus.h"
#include "client/ui/widgets/foreign_text.h"
#include "client/ui/widgets/notice_line.h"
#include "client/ui/widgets/text.h"
#include "client/ui/window/pairing_box.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace prism::ui {

using model::Access;

namespace {

constexpr int longestToken = 400; // with blanks around it

} // namespace

SignInDialog::SignInDialog(Access& access, model::Pairing& pairing, const QString& server, QWidget* parent)
    : Dialog(QStringLiteral("sign-in-dialog"), parent)
    , m_access(access)
    , m_pairing(pairing)
    , m_server(isolated(server))
    , m_self(new Text(TextRole::Strong))
    , m_kept(new Text(TextRole::Caption, Text::Ink::Muted))
    , m_label(new QLabel)
    , m_token(new QLineEdit)
    , m_hint(new Text(TextRole::Caption, Text::Ink::Muted))
    , m_box(new PairingBox(pairing))
    , m_notice(new NoticeLine)
    , m_signIn(new QPushButton)
    , m_signOut(new QPushButton)
    , m_close(new QPushButton)
{
    m_self->setObjectName(QStringLiteral("sign-in-self"));
    m_kept->setObjectName(QStringLiteral("sign-in-kept"));
    m_token->setObjectName(QStringLiteral("sign-in-token"));
    m_token->setEchoMode(QLineEdit::Password);
    m_token->setMaxLength(longestToken);
    m_token->setPlaceholderText(QStringLiteral("prism_…"));
    m_signIn->setObjectName(QStringLiteral("sign-in"));
    m_signIn->setProperty("primary", true);
    m_signIn->setDefault(true);
    m_signOut->setObjectName(QStringLiteral("sign-out"));
    m_signOut->setAutoDefault(false);
    m_close->setObjectName(QStringLiteral("sign-in-close"));
    m_close->setAutoDefault(false);
    m_notice->returnFocusTo(*m_token);
    QSizePolicy steady = m_notice->sizePolicy();
    steady.setRetainSizeWhenHidden(true); // nothing moves under the hand when it comes
    m_notice->setSizePolicy(steady);
    layOut();

    connect(m_signIn, &QPushButton::clicked, this, &SignInDialog::signIn);
    connect(m_signOut, &QPushButton::clicked, &access, &Access::signOut);
    connect(m_close, &QPushButton::clicked, this, &QDialog::reject);
    connect(&access, &Access::changed, this, &SignInDialog::follow);
    connect(&access, &Access::signedOut, this, &SignInDialog::follow);
    connect(&access, &Access::signedIn, this, &SignInDialog::onSignedIn);
    connect(&access, &Access::signInFailed, this, &SignInDialog::say);
    SignInDialog::retranslate();
    m_token->setFocus();
}

void SignInDialog::layOut()
{
    m_label->setBuddy(m_token);
    auto* field = new QHBoxLayout;
    field->setSpacing(space::medium);
    field->addWidget(m_label);
    field->addWidget(m_token, 1);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(space::small);
    buttons->addWidget(m_signIn);
    buttons->addWidget(m_signOut);
    buttons->addStretch(1);
    buttons->addWidget(m_close);
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(space::medium);
    for (Text* text : {m_self, m_kept, m_hint})
        text->setWordWrap(true);
    layout->addWidget(m_self);
    layout->addWidget(m_kept);
    layout->addLayout(field);
    layout->addWidget(m_hint);
    layout->addSpacing(space::small);
    layout->addWidget(m_box);
    layout->addStretch(1);
    layout->addWidget(m_notice);
    layout->addLayout(buttons);
}

void SignInDialog::retranslate()
{
    setWindowTitle(tr("Sign in at %1").arg(m_server));
    m_label->setText(tr("Token"));
    m_token->setAccessibleName(m_label->text());
    m_token->setAccessibleDescription(tr("What you were given to sign in with at this server"));
    m_hint->setText(tr("An admin of the server makes one: prism-server token create"));
    m_signIn->setAccessibleDescription(tr("Asks the server who this is, and keeps the token"));
    m_signOut->setText(tr("Sign out"));
    m_signOut->setAccessibleName(m_signOut->text());
    m_signOut->setAccessibleDescription(tr("Forgets the token here; it stays good at the server"));
    m_close->setText(tr("Close"));
    m_close->setAccessibleName(m_close->text());
    m_close->setAccessibleDescription(tr("Goes back to the window"));
    follow();
}

void SignInDialog::follow()
{
    const AccessWords words(locale());
    const bool isIn = m_access.hasToken() && !m_access.refusal();
    const QString self = isIn ? words.self(m_access.self()) : QString();
    if (m_access.refusal())
        m_self->setText(AccessWords::refusal(*m_access.refusal(), m_access));
    else
        m_self->setText(!self.isEmpty() ? self : isIn ? tr("Signed in.") : tr("Nobody is signed in."));
    m_kept->setText(m_access.hasToken() ? AccessWords::kept(m_access.kept(), m_access.place()) : QString());
    m_kept->setVisible(m_access.hasToken());
    m_signIn->setText(m_access.isSigningIn() ? tr("Asking the server…") : tr("Sign in"));
    m_signIn->setAccessibleName(m_signIn->text());
    if (!m_access.hasToken())
        yieldFocus(*m_signOut, *m_token);
    m_signOut->setVisible(m_access.hasToken());
    if (isIn)
        yieldFocus(*m_box, *m_token);
    m_box->setVisible(!isIn);
}

void SignInDialog::signIn()
{
    if (m_access.isSigningIn())
        return;
    m_notice->clear();
    m_access.signIn(m_token->text().trimmed().toUtf8());
}

void SignInDialog::onSignedIn()
{
    m_token->clear();
    m_notice->display(NoticeLine::Kind::Done, tr("You are signed in."));
    m_close->setFocus();
    follow();
}

void SignInDialog::say(const protocol::Error& error)
{
    if (m_pairing.state() == model::Pairing::State::LetIn)
        return; // it is tried again, and said there
    m_notice->display(NoticeLine::Kind::Trouble, AccessWords(locale()).problem(error));
    m_token->selectAll();
    m_token->setFocus();
}

} // namespace prism::ui
