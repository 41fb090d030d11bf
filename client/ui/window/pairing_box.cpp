#include "client/ui/window/pairing_box.h"

#include "client/ui/widgets/error_words.h"
#include "client/ui/widgets/focus.h"
#include "client/ui/widgets/format.h"
#include "client/ui/widgets/text.h"

#include <QEvent>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace prism::ui {

using model::Pairing;
using State = model::Pairing::State;
using namespace std::chrono_literals;

PairingBox::PairingBox(Pairing& pairing, QWidget* parent)
    : QWidget(parent)
    , m_pairing(pairing)
    , m_title(new Text(TextRole::Strong))
    , m_what(new Text(TextRole::Caption, Text::Ink::Muted))
    , m_label(new QLabel)
    , m_name(new QLineEdit)
    , m_ask(new QPushButton)
    , m_code(new QLineEdit)
    , m_left(new Text(TextRole::Body, Text::Ink::Muted))
    , m_how(new Text(TextRole::Body))
    , m_command(new Text(TextRole::Body))
    , m_said(new Text(TextRole::Body))
{
    m_name->setObjectName(QStringLiteral("pairing-name"));
    m_name->setMaxLength(Pairing::longestName);
    m_name->setText(Pairing::usualName());
    m_ask->setObjectName(QStringLiteral("pairing-ask"));
    m_ask->setAutoDefault(false);
    m_code->setObjectName(QStringLiteral("pairing-code"));
    m_code->setReadOnly(true);
    m_code->setAlignment(Qt::AlignCenter);
    m_left->setObjectName(QStringLiteral("pairing-left"));
    m_how->setObjectName(QStringLiteral("pairing-how"));
    m_command->setObjectName(QStringLiteral("pairing-command"));
    m_command->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_said->setObjectName(QStringLiteral("pairing-said"));
    layOut();
    m_tick.setInterval(1s);
    connect(&m_tick, &QTimer::timeout, this, &PairingBox::showLeft);
    connect(m_ask, &QPushButton::clicked, this, &PairingBox::ask);
    connect(m_name, &QLineEdit::textChanged, this, &PairingBox::follow);
    connect(&pairing, &Pairing::changed, this, &PairingBox::follow);
    retranslate();
}

void PairingBox::layOut()
{
    m_label->setBuddy(m_name);
    auto* naming = new QHBoxLayout;
    naming->setSpacing(space::medium);
    naming->addWidget(m_label);
    naming->addWidget(m_name, 1);
    naming->addWidget(m_ask);
    auto* code = new QHBoxLayout;
    code->setSpacing(space::large);
    code->addWidget(m_code);
    code->addWidget(m_left, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::small);
    column->addWidget(m_title);
    column->addWidget(m_what);
    column->addLayout(code);
    column->addWidget(m_how);
    column->addWidget(m_command);
    column->addWidget(m_said);
    column->addLayout(naming);
    for (Text* text : {m_what, m_left, m_how, m_said})
        text->setWordWrap(true);
}

void PairingBox::retranslate()
{
    m_title->setText(tr("Without a token"));
    m_label->setText(tr("Name"));
    m_name->setAccessibleName(m_label->text());
    m_name->setAccessibleDescription(tr("As what an admin sees this dashboard, and its token is called"));
    m_ask->setAccessibleDescription(tr("Has the server show a code here, by which an admin lets you in"));
    m_code->setAccessibleName(tr("Code"));
    m_code->setAccessibleDescription(tr("Six digits to tell an admin of the server"));
    m_how->setText(
        tr("Tell these digits to an admin of the server. They type them in their own dashboard, under "
           "Settings, Access; or run there:"));
    applyFont(m_code, TextRole::Figure);
    m_code->setFixedWidth(m_code->fontMetrics().horizontalAdvance(QStringLiteral("0000000")) +
                          2 * space::large);
    m_command->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    follow();
}

void PairingBox::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::LocaleChange ||
        event->type() == QEvent::FontChange)
        retranslate();
}

/// Return is for what somebody is at, and not for the token above it.
void PairingBox::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        m_ask->click();
    else
        QWidget::keyPressEvent(event);
}

void PairingBox::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    follow();
}

void PairingBox::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    m_tick.stop();
}

void PairingBox::follow()
{
    const bool isWaiting = m_pairing.state() == State::Waiting;
    const bool isLetIn = m_pairing.state() == State::LetIn;
    m_what->setText(isWaiting
                        ? tr("You may close this: the window goes on waiting, and signs in by itself.")
                        : tr("Get a code. An admin of the server lets you in by it, and your token comes by "
                             "itself."));
    m_code->setText(m_pairing.code());
    m_command->setText(QStringLiteral("prism-server token approve %1 --role viewer").arg(m_pairing.code()));
    if (!isWaiting)
        yieldFocus(*m_code, *m_name);
    for (QWidget* each : std::initializer_list<QWidget*>{m_code, m_left, m_how, m_command})
        each->setVisible(isWaiting);
    const bool isFirst = m_pairing.state() == State::Idle;
    m_ask->setText(m_pairing.isAsking() ? tr("Asking the server…")
                   : isFirst            ? tr("Get a code")
                                        : tr("Get another code"));
    m_ask->setAccessibleName(m_ask->text());
    const bool mayAsk = !m_pairing.isAsking() && !isLetIn && !m_name->text().trimmed().isEmpty();
    if (!mayAsk)
        yieldFocus(*m_ask, *m_name);
    m_ask->setEnabled(mayAsk);
    m_said->setText(said());
    m_said->setVisible(!m_said->text().isEmpty());
    m_said->setInk(m_pairing.error() ? Text::Ink::Bad : isLetIn ? Text::Ink::Normal : Text::Ink::Caution);
    if (isWaiting && isVisible())
        m_tick.start();
    else
        m_tick.stop();
    showLeft();
}

void PairingBox::showLeft()
{
    const auto left = std::chrono::ceil<std::chrono::seconds>(m_pairing.left());
    m_left->setText(tr("Good for %1").arg(Format(locale()).duration(double(left / 1ms))));
}

QString PairingBox::said() const
{
    if (m_name->text().trimmed().isEmpty())
        return tr("It needs a name, so that an admin knows who asks.");
    if (const auto& error = m_pairing.error())
        return error->code == protocol::ErrorCode::NotFound
                   ? tr("This server is too old to let anybody in by a code. Sign in with a token.")
                   : ErrorWords(locale()).sentence(*error);
    switch (m_pairing.state()) {
    case State::Waiting:
        return m_pairing.isAway()
                   ? tr("The server does not answer right now. It is asked again and again; the code "
                        "stays good unless the server is started anew.")
                   : QString();
    case State::Expired:
        return tr("Nobody has let you in within ten minutes, and the code is good no more. Get another one.");
    case State::Lost:
        return tr(
            "The server does not know this code any more: it was started anew, or your token was lost on the "
            "way. Get another one.");
    case State::LetIn:
        return m_pairing.isAway()
                   ? tr("You were let in, but the server does not answer right now. It is asked "
                        "again and again: leave this window open.")
                   : tr("You were let in.");
    case State::Idle:
        break;
    }
    return {};
}

void PairingBox::ask()
{
    m_name->setFocus();
    m_pairing.ask(m_name->text().trimmed());
}

} // namespace prism::ui
