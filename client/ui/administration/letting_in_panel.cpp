#include "client/ui/administration/letting_in_panel.h"

#include "client/ui/administration/role_box.h"
#include "client/ui/widgets/access_words.h"
#include "client/ui/widgets/error_words.h"
#include "client/ui/widgets/focus.h"
#include "client/ui/widgets/foreign_text.h"
#include "client/ui/widgets/format.h"
#include "client/ui/widgets/notice_line.h"
#include "client/ui/widgets/number_field.h"
#include "client/ui/widgets/spoken.h"
#include "client/ui/widgets/text.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <cmath>

namespace prism::ui {

using model::LettingIn;

namespace {

constexpr int usualDays = 365;
constexpr int mostDays = 3'650;
constexpr int longestTyped = 20; // with blanks in it

} // namespace

LettingInPanel::LettingInPanel(LettingIn& letting, QWidget* parent)
    : SentencesPanel(parent)
    , m_letting(letting)
    , m_waiting(new Text(TextRole::Body))
    , m_codeLabel(new QLabel)
    , m_code(new QLineEdit)
    , m_roleLabel(new QLabel)
    , m_role(new RoleBox)
    , m_days(new NumberField)
    , m_approve(new QPushButton)
    , m_notice(new NoticeLine)
{
    m_waiting->setObjectName(QStringLiteral("letting-in-waiting"));
    m_code->setObjectName(QStringLiteral("letting-in-code"));
    m_code->setMaxLength(longestTyped);
    m_role->setObjectName(QStringLiteral("letting-in-role"));
    m_days->setObjectName(QStringLiteral("letting-in-days"));
    m_days->setLimits(1, mostDays, 0);
    m_days->display(usualDays);
    m_approve->setObjectName(QStringLiteral("letting-in"));
    m_approve->setProperty("primary", true);
    m_notice->returnFocusTo(*m_code);
    layOut();
    connect(m_code, &QLineEdit::textChanged, this, &LettingInPanel::follow);
    connect(m_code, &QLineEdit::returnPressed, this, &LettingInPanel::approve);
    connect(m_approve, &QPushButton::clicked, this, &LettingInPanel::approve);
    connect(&letting, &LettingIn::changed, this, &LettingInPanel::follow);
    connect(&letting, &LettingIn::approved, this, &LettingInPanel::onApproved);
    connect(&letting, &LettingIn::refused, this, &LettingInPanel::onRefused);
    LettingInPanel::retranslate();
}

void LettingInPanel::layOut()
{
    m_codeLabel->setBuddy(m_code);
    m_roleLabel->setBuddy(m_role);
    auto* row = new QHBoxLayout;
    row->setSpacing(space::small);
    row->addWidget(m_codeLabel);
    row->addWidget(m_code, 1);
    row->addWidget(m_roleLabel);
    row->addWidget(m_role);
    row->addWidget(m_days);
    row->addWidget(m_approve);
    m_waiting->setWordWrap(true);
    body()->addWidget(m_waiting);
    body()->addStretch(1);
    body()->addWidget(m_notice);
    body()->addLayout(row);
}

void LettingInPanel::retranslate()
{
    setTitle(tr("Let somebody in"));
    m_codeLabel->setText(tr("Code"));
    m_code->setPlaceholderText(tr("six digits"));
    m_code->setAccessibleName(m_codeLabel->text());
    m_code->setAccessibleDescription(
        tr("The digits that the other dashboard shows; have them read out to you"));
    m_roleLabel->setText(tr("Role"));
    m_days->setLocale(locale());
    m_days->setSuffix(tr(" days", "after a number"));
    giveSpoken(*m_days, tr("Good for"), tr("For how many days the token is good"));
    m_approve->setAccessibleDescription(
        tr("Makes a token of this role for the dashboard that shows the code"));
    m_approve->setText(tr("Let in"));
    m_approve->setAccessibleName(m_approve->text());
    m_code->setMinimumWidth(m_code->fontMetrics().horizontalAdvance(QStringLiteral("0000000")) +
                            2 * space::medium);
    follow();
}

void LettingInPanel::follow()
{
    m_waiting->setText(waiting());
    m_waiting->setInk(m_letting.error()               ? Text::Ink::Caution
                      : m_letting.waiting().isEmpty() ? Text::Ink::Muted
                                                      : Text::Ink::Normal);
    const bool mayApprove = !m_letting.isApproving() && !LettingIn::codeIn(m_code->text()).isEmpty();
    if (!mayApprove)
        yieldFocus(*m_approve, *m_code);
    m_approve->setEnabled(mayApprove);
}

QString LettingInPanel::waiting() const
{
    if (const auto& error = m_letting.error())
        return tr("Who waits is not known: %1").arg(ErrorWords(locale()).sentence(*error));
    const QList<model::WaitingPairing>& waiting = m_letting.waiting();
    if (waiting.isEmpty())
        return tr("Nobody waits. Who has no token presses “Get a code” and tells you the digits.");
    QStringList all;
    for (const model::WaitingPairing& each : waiting)
        all.append(tr("“%1” at %2, since %3", "name, address, time of day")
                       .arg(isolated(each.name), each.address, Format(locale()).clock(each.since)));
    return tr("Waiting: %1. Let in only whose digits you were told by themselves.").arg(Format::list(all));
}

void LettingInPanel::approve()
{
    const QString code = LettingIn::codeIn(m_code->text());
    if (code.isEmpty()) {
        if (!m_code->text().isEmpty())
            m_notice->display(NoticeLine::Kind::Trouble, tr("A code has six digits."));
        return;
    }
    m_notice->clear();
    m_letting.approve({code, m_role->role(), int(std::lround(m_days->number()))});
}

void LettingInPanel::onApproved(const model::ApprovedPairing& pairing)
{
    m_code->clear();
    m_notice->display(
        NoticeLine::Kind::Done,
        tr("“%1” at %2 is let in with the role %3. Was that not who told you the digits, revoke the "
           "token below.")
            .arg(isolated(pairing.name), pairing.address, AccessWords::role(pairing.role)));
}

void LettingInPanel::onRefused(const protocol::Error& error)
{
    m_notice->display(
        NoticeLine::Kind::Trouble,
        error.code == protocol::ErrorCode::NotFound
            ? tr("Nobody waits with this code: it is mistyped, older than ten minutes, or was used.")
            : AccessWords(locale()).deed(error));
    m_code->selectAll();
    m_code->setFocus();
}

} // namespace prism::ui
