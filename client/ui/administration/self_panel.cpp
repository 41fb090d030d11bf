#include "client/ui/administration/self_panel.h"

#include "client/ui/widgets/access_words.h"
#include "client/ui/widgets/focus.h"
#include "client/ui/widgets/text.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace prism::ui {

using model::Access;

SelfPanel::SelfPanel(model::Workspace& workspace, QWidget* parent)
    : SentencesPanel(parent)
    , m_workspace(workspace)
    , m_access(workspace.access())
    , m_self(new Text(TextRole::Body))
    , m_kept(new Text(TextRole::Caption, Text::Ink::Muted))
    , m_signIn(new QPushButton)
    , m_signOut(new QPushButton)
    , m_trusted(new Text(TextRole::Caption, Text::Ink::Muted))
    , m_distrust(new QPushButton)
{
    m_trusted->setObjectName(QStringLiteral("self-trusted"));
    m_distrust->setObjectName(QStringLiteral("self-distrust"));
    m_self->setObjectName(QStringLiteral("self-who"));
    m_kept->setObjectName(QStringLiteral("self-kept"));
    m_signIn->setObjectName(QStringLiteral("self-sign-in"));
    m_signOut->setObjectName(QStringLiteral("self-sign-out"));
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(space::small);
    buttons->addWidget(m_signIn);
    buttons->addWidget(m_signOut);
    buttons->addStretch(1);
    for (Text* text : {m_self, m_kept, m_trusted})
        text->setWordWrap(true);
    body()->addWidget(m_self);
    body()->addWidget(m_kept);
    body()->addStretch(1);
    body()->addLayout(buttons);
    body()->addWidget(m_trusted);
    body()->addWidget(m_distrust, 0, Qt::AlignLeft);
    connect(m_signIn, &QPushButton::clicked, this, &SelfPanel::signInRequested);
    connect(m_signOut, &QPushButton::clicked, &m_access, &Access::signOut);
    connect(&m_access, &Access::changed, this, &SelfPanel::follow);
    connect(&m_access, &Access::signedIn, this, &SelfPanel::follow);
    connect(&m_access, &Access::signedOut, this, &SelfPanel::follow);
    connect(m_distrust, &QPushButton::clicked, this, [this] { m_workspace.trust().setPin({}); });
    connect(&workspace, &model::Workspace::trustChanged, this, &SelfPanel::followTrust);
    SelfPanel::retranslate();
}

void SelfPanel::followTrust()
{
    const QByteArray pin = m_workspace.trust().pin();
    const QString begin = QString::fromLatin1(pin.left(8).toHex(':').toUpper());
    m_trusted->setText(
        pin.isEmpty()
            ? QString()
            : tr("At this server you trust the certificate whose SHA-256 begins with %1, and no other.")
                  .arg(begin));
    if (pin.isEmpty())
        yieldFocus(*m_distrust, *m_signIn);
    m_trusted->setVisible(!pin.isEmpty());
    m_distrust->setVisible(!pin.isEmpty());
}

void SelfPanel::follow()
{
    const bool isIn = m_access.hasToken() && !m_access.refusal();
    const QString self = isIn ? AccessWords(locale()).self(m_access.self()) : QString();
    if (m_access.refusal())
        m_self->setText(AccessWords::refusal(*m_access.refusal(), m_access));
    else
        m_self->setText(!self.isEmpty() ? self
                        : isIn          ? tr("You are signed in.")
                                        : tr("Nobody is signed in, and nobody has to be at this server."));
    m_kept->setText(m_access.hasToken() ? AccessWords::kept(m_access.kept(), m_access.place()) : QString());
    m_kept->setVisible(m_access.hasToken());
    m_signIn->setText(isIn ? tr("Sign in as somebody else…") : tr("Sign in…"));
    m_signIn->setAccessibleName(m_signIn->text());
    if (!m_access.hasToken())
        yieldFocus(*m_signOut, *m_signIn);
    m_signOut->setVisible(m_access.hasToken());
}

void SelfPanel::retranslate()
{
    setTitle(tr("You"));
    m_signIn->setAccessibleDescription(tr("Asks for a token for this server, or for a code"));
    m_signOut->setText(tr("Sign out"));
    m_signOut->setAccessibleName(m_signOut->text());
    m_signOut->setAccessibleDescription(tr("Forgets the token here; it stays good at the server"));
    m_distrust->setText(tr("Trust it no more"));
    m_distrust->setAccessibleName(m_distrust->text());
    m_distrust->setAccessibleDescription(
        tr("Nothing is sent to this server then, unless this computer trusts it"));
    follow();
    followTrust();
}

} // namespace prism::ui
