#include "client/ui/administration/token_dialog.h"

#include "client/ui/administration/role_box.h"
#include "client/ui/widgets/access_words.h"
#include "client/ui/widgets/focus.h"
#include "client/ui/widgets/foreign_text.h"
#include "client/ui/widgets/notice_line.h"
#include "client/ui/widgets/number_field.h"
#include "client/ui/widgets/spoken.h"
#include "client/ui/widgets/text.h"

#include <QApplication>
#include <QClipboard>
#include <QFontDatabase>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

#include <cmath>

namespace prism::ui {

using model::TokensModel;

namespace {

constexpr int longestTokenName = 100;
constexpr int usualLife = 365; // days
constexpr int longestLife = 3'650;
constexpr int usualOverlap = 24; // hours
constexpr int longestOverlap = 720;

} // namespace

TokenDialog::TokenDialog(TokensModel& tokens, Deed deed, const model::TokenEntry& token, QWidget* parent)
    : Dialog(QStringLiteral("token-dialog"), parent)
    , m_tokens(tokens)
    , m_deed(deed)
    , m_token(token)
    , m_form(new QWidget)
    , m_nameLabel(new QLabel)
    , m_name(new QLineEdit)
    , m_roleLabel(new QLabel)
    , m_role(new RoleBox)
    , m_numberLabel(new QLabel)
    , m_number(new NumberField)
    , m_what(new Text(TextRole::Body))
    , m_secret(new QLineEdit)
    , m_copy(new QPushButton)
    , m_notice(new NoticeLine)
    , m_act(new QPushButton)
    , m_close(new QPushButton)
{
    m_what->setObjectName(QStringLiteral("token-what"));
    m_name->setObjectName(QStringLiteral("token-name"));
    m_name->setMaxLength(longestTokenName);
    m_role->setObjectName(QStringLiteral("token-role"));
    m_number->setObjectName(QStringLiteral("token-number"));
    m_secret->setObjectName(QStringLiteral("token-secret"));
    m_secret->setReadOnly(true);
    m_secret->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_copy->setObjectName(QStringLiteral("token-copy"));
    m_act->setObjectName(QStringLiteral("token-act"));
    m_close->setObjectName(QStringLiteral("token-close"));
    m_copy->setAutoDefault(false);
    m_notice->returnFocusTo(*m_close);
    if (deed == Deed::Rotate) {
        m_number->setLimits(0, longestOverlap, 0);
        m_number->display(usualOverlap);
    } else {
        m_number->setLimits(1, longestLife, 0);
        m_number->display(usualLife);
    }
    layOut();
    m_act->setAutoDefault(deed != Deed::Revoke); // nobody revokes by a stray Enter
    m_act->setDefault(deed != Deed::Revoke);
    m_close->setAutoDefault(deed == Deed::Revoke);
    m_close->setDefault(deed == Deed::Revoke);
    m_act->setProperty("primary", deed != Deed::Revoke);
    connect(m_act, &QPushButton::clicked, this, &TokenDialog::act);
    connect(m_copy, &QPushButton::clicked, this, &TokenDialog::copy);
    connect(m_close, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_name, &QLineEdit::textChanged, this, &TokenDialog::follow);
    connect(&tokens, &TokensModel::changed, this, &TokenDialog::follow);
    connect(&tokens, &TokensModel::made, this, &TokenDialog::onMade);
    connect(&tokens, &TokensModel::revoked, this, &QDialog::accept);
    connect(&tokens, &TokensModel::failed, this, &TokenDialog::onFailed);
    TokenDialog::retranslate();
    QWidget* first = deed == Deed::Create   ? static_cast<QWidget*>(m_name)
                     : deed == Deed::Rotate ? static_cast<QWidget*>(m_number)
                                            : m_close;
    first->setFocus();
}

void TokenDialog::layOut()
{
    auto* grid = new QGridLayout(m_form);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(space::medium);
    const std::pair<QLabel*, QWidget*> rows[] = {
        {m_nameLabel, m_name}, {m_roleLabel, m_role}, {m_numberLabel, m_number}};
    for (const auto& [label, field] : rows) {
        const int row = grid->rowCount();
        label->setBuddy(field);
        grid->addWidget(label, row, 0);
        grid->addWidget(field, row, 1);
        const bool isNumber = field == m_number;
        label->setVisible(m_deed == Deed::Create || isNumber);
        field->setVisible(m_deed == Deed::Create || isNumber);
    }
    grid->setColumnStretch(1, 1);
    m_form->setVisible(m_deed != Deed::Revoke);
    auto* secret = new QHBoxLayout;
    secret->setSpacing(space::small);
    secret->addWidget(m_secret, 1);
    secret->addWidget(m_copy);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(space::small);
    buttons->addWidget(m_act);
    buttons->addStretch(1);
    buttons->addWidget(m_close);
    m_what->setWordWrap(true);
    QSizePolicy steady = m_notice->sizePolicy();
    steady.setRetainSizeWhenHidden(true); // nothing moves under the hand when it comes
    m_notice->setSizePolicy(steady);
    auto* column = new QVBoxLayout(this);
    column->setSpacing(space::medium);
    column->addWidget(m_what);
    column->addWidget(m_form);
    column->addLayout(secret);
    column->addStretch(1);
    column->addWidget(m_notice);
    column->addLayout(buttons);
}

void TokenDialog::warnOfOwn()
{
    m_isOwn = true;
    retranslate();
}

void TokenDialog::retranslate()
{
    const QString name = isolated(m_token.name);
    m_nameLabel->setText(tr("Name"));
    m_name->setAccessibleName(m_nameLabel->text());
    m_name->setAccessibleDescription(tr("Whose it is, or of what"));
    m_roleLabel->setText(tr("Role"));
    m_numberLabel->setText(m_deed == Deed::Rotate ? tr("The old secret is good for") : tr("Good for"));
    m_number->setLocale(locale());
    m_number->setSuffix(m_deed == Deed::Rotate ? tr(" hours", "after a number")
                                               : tr(" days", "after a number"));
    giveSpoken(*m_number, m_numberLabel->text(),
               m_deed == Deed::Rotate ? tr("So that it can be replaced where it is used")
                                      : tr("For how many days the token is good"));
    m_secret->setAccessibleName(tr("Token"));
    m_secret->setAccessibleDescription(tr("What one signs in with; shown this once"));
    m_copy->setText(tr("Copy"));
    m_copy->setAccessibleDescription(tr("Puts the token on the clipboard"));
    m_close->setText(m_deed == Deed::Revoke ? tr("Cancel") : tr("Close"));
    m_close->setAccessibleDescription(tr("Goes back to the window"));
    switch (m_deed) {
    case Deed::Create:
        setWindowTitle(tr("New token"));
        m_act->setText(tr("Make the token"));
        m_act->setAccessibleDescription(tr("Makes it at the server, and shows it here once"));
        break;
    case Deed::Rotate:
        setWindowTitle(tr("New secret for “%1”").arg(name));
        m_act->setText(tr("Make the secret"));
        m_act->setAccessibleDescription(tr("Makes it at the server, and shows it here once"));
        break;
    case Deed::Revoke:
        setWindowTitle(tr("Revoke “%1”").arg(name));
        m_act->setText(tr("Revoke"));
        m_act->setAccessibleDescription(tr("Ends the token at once; there is no way back"));
        break;
    }
    for (QPushButton* button : {m_act, m_copy, m_close})
        button->setAccessibleName(button->text());
    follow();
}

void TokenDialog::follow()
{
    const QString name = isolated(m_token.name);
    if (m_isDone)
        m_what->setText(tr("This is the token. It is shown this once: copy it now to where it is used."));
    else if (m_deed == Deed::Create)
        m_what->setText(tr("A token for somebody's dashboard, or for a pipeline, which only reports."));
    else if (m_deed == Deed::Rotate)
        m_what->setText(
            tr("“%1” gets another secret. The one that it has stays good for a while.").arg(name));
    else
        m_what->setText(m_isOwn
                            ? tr("Revoke “%1”? You are signed in by it yourself: this window is signed out "
                                 "then. There is no way back.")
                                  .arg(name)
                            : tr("Revoke “%1”? Whoever signs in by it is signed out at once, and there is no "
                                 "way back.")
                                  .arg(name));
    const bool hasName = m_deed != Deed::Create || !m_name->text().trimmed().isEmpty();
    if (m_isDone) {
        yieldFocus(*m_form, *m_secret);
        yieldFocus(*m_act, *m_secret);
    }
    m_form->setVisible(m_deed != Deed::Revoke && !m_isDone);
    m_act->setVisible(!m_isDone);
    m_act->setEnabled(hasName && !m_tokens.isBusy());
    m_secret->setVisible(m_isDone);
    m_copy->setVisible(m_isDone);
}

void TokenDialog::act()
{
    m_notice->clear();
    const int number = int(std::lround(m_number->number()));
    switch (m_deed) {
    case Deed::Create:
        return m_tokens.create({m_name->text().trimmed(), m_role->role(), number});
    case Deed::Rotate:
        return m_tokens.rotate(m_token.id, number);
    case Deed::Revoke:
        return m_tokens.revoke(m_token.id);
    }
}

void TokenDialog::onMade(const model::MadeToken& token)
{
    m_isDone = true;
    m_secret->setText(QString::fromLatin1(token.token));
    m_secret->show();
    follow();
    m_secret->setFocus();
    m_secret->selectAll();
}

void TokenDialog::onFailed(Deed, const protocol::Error& error)
{
    m_notice->display(NoticeLine::Kind::Trouble, problem(error));
}

QString TokenDialog::problem(const protocol::Error& error) const
{
    if (error.code == protocol::ErrorCode::Unavailable && m_deed != Deed::Revoke)
        return tr("The server did not answer. If the list shows it all the same, its secret is lost: revoke "
                  "it, and "
                  "make another one.");
    if (error.code == protocol::ErrorCode::AlreadyExists)
        return tr(
            "This was done a short while ago, and the secret of then is good as well. With 0 hours both end "
            "at once.");
    return AccessWords(locale()).deed(error);
}

void TokenDialog::copy()
{
    QApplication::clipboard()->setText(m_secret->text());
    m_notice->display(NoticeLine::Kind::Done, tr("The token is on the clipboard."));
}

} // namespace prism::ui
