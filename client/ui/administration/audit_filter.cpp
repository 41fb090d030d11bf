#include "client/ui/administration/audit_filter.h"

#include "client/ui/administration/audit_words.h"
#include "client/ui/theme/theme.h"
#include "client/ui/widgets/choice_box.h"
#include "client/ui/widgets/focus.h"
#include "client/ui/widgets/foreign_text.h"
#include "client/ui/widgets/spoken.h"

#include <QDateEdit>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>

namespace prism::ui {

using namespace std::chrono_literals;
using std::chrono::hours;

AuditFilter::AuditFilter(model::Administration& administration, QWidget* parent)
    : QWidget(parent)
    , m_administration(administration)
    , m_whose(new ChoiceBox)
    , m_kind(new ChoiceBox)
    , m_subject(new QLineEdit)
    , m_span(new ChoiceBox)
    , m_from(new QDateEdit)
    , m_to(new QLabel)
    , m_until(new QDateEdit)
{
    m_whose->setObjectName(QStringLiteral("audit-whose"));
    m_whose->setMaximumWidth(220); // whatever somebody calls a token
    m_kind->setObjectName(QStringLiteral("audit-kind"));
    m_subject->setObjectName(QStringLiteral("audit-subject"));
    m_subject->setMaxLength(200); // what the server takes
    m_subject->setMinimumWidth(100);
    m_subject->setClearButtonEnabled(true);
    m_span->setObjectName(QStringLiteral("audit-span"));
    m_from->setObjectName(QStringLiteral("audit-from"));
    m_until->setObjectName(QStringLiteral("audit-until"));
    const QDate today = QDate::currentDate();
    m_from->setDate(today.addDays(-6));
    m_until->setDate(today);
    for (QDateEdit* day : {m_from, m_until})
        day->setCalendarPopup(true);
    for (int span = 0; span < SpanCount; ++span)
        m_span->addItem(QString());
    m_kind->addItem(QString(), QString());
    const QStringList kinds = AuditWords::kinds();
    for (const QString& kind : kinds)
        m_kind->addItem(QString(), kind);

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::small);
    for (QWidget* each : std::initializer_list<QWidget*>{m_whose, m_kind})
        row->addWidget(each);
    row->addWidget(m_subject, 1);
    for (QWidget* each : std::initializer_list<QWidget*>{m_span, m_from, m_to, m_until})
        row->addWidget(each);

    m_pause.setSingleShot(true);
    m_pause.setInterval(250ms);
    connect(&m_pause, &QTimer::timeout, this, &AuditFilter::chosen);
    connect(m_subject, &QLineEdit::textChanged, &m_pause, qOverload<>(&QTimer::start));
    connect(m_whose, &QComboBox::activated, this, &AuditFilter::chosen);
    connect(m_kind, &QComboBox::activated, this, &AuditFilter::chosen);
    connect(m_span, &QComboBox::activated, this, &AuditFilter::onSpan);
    connect(m_from, &QDateEdit::dateChanged, this, &AuditFilter::chosen);
    connect(m_until, &QDateEdit::dateChanged, this, &AuditFilter::chosen);
    connect(&administration.tokens(), &model::TokensModel::changed, this, &AuditFilter::fillTokens);
    connect(&administration.audit(), &model::AuditModel::changed, this, &AuditFilter::fillTokens);
    retranslate();
}

model::AuditQuestion AuditFilter::question() const
{
    model::AuditQuestion question;
    question.token = m_whose->currentData().toString();
    question.action = m_kind->currentData().toString();
    question.subject = m_subject->text().trimmed();
    const auto ago = [](hours span) { return std::optional(protocol::now() - span); };
    switch (Span(m_span->currentIndex())) {
    case LastHour:
        question.from = ago(1h);
        break;
    case LastDay:
        question.from = ago(24h);
        break;
    case LastWeek:
        question.from = ago(7 * 24h);
        break;
    case LastMonth:
        question.from = ago(30 * 24h);
        break;
    case ChosenDays: {
        const auto midnight = [](const QDate& day) {
            return protocol::fromMillis(day.startOfDay().toMSecsSinceEpoch());
        };
        question.from = midnight(m_from->date());
        question.to = midnight(m_until->date().addDays(1));
        break;
    }
    case AnyTime:
    case SpanCount:
        break;
    }
    return question;
}

void AuditFilter::onSpan()
{
    const bool isChosen = m_span->currentIndex() == ChosenDays;
    for (QWidget* each : std::initializer_list<QWidget*>{m_from, m_to, m_until}) {
        if (!isChosen)
            yieldFocus(*each, *m_span);
        each->setVisible(isChosen);
    }
    emit chosen();
}

/// Those that there are, and those of before whose deeds are shown.
void AuditFilter::fillTokens()
{
    QStringList ids, names;
    const auto add = [&ids, &names](const QString& id, const QString& name) {
        if (id.isEmpty() || ids.contains(id))
            return;
        ids.append(id);
        names.append(name.isEmpty() ? id : isolated(name.simplified()));
    };
    model::TokensModel& tokens = m_administration.tokens();
    for (int row = 0; row < tokens.rowCount(); ++row)
        add(tokens.token(row).id, tokens.token(row).name);
    model::AuditModel& audit = m_administration.audit();
    for (int row = 0; row < audit.rowCount(); ++row)
        add(audit.entry(row).tokenId, audit.entry(row).tokenName);
    const QString chosenId = m_whose->currentData().toString();
    if (!chosenId.isEmpty())
        add(chosenId, m_whose->currentText());
    QStringList before;
    for (int i = 1; i < m_whose->count(); ++i)
        before.append(m_whose->itemData(i).toString());
    if (before == ids && m_whose->count() > 0)
        return;
    m_whose->clear();
    m_whose->addItem(tr("Anybody"), QString());
    for (qsizetype i = 0; i < ids.size(); ++i)
        m_whose->addItem(names[i], ids[i]);
    m_whose->setCurrentIndex(std::max(m_whose->findData(chosenId), 0));
}

void AuditFilter::retranslate()
{
    if (m_whose->count() == 0)
        fillTokens();
    m_whose->setItemText(0, tr("Anybody"));
    m_whose->setAccessibleName(tr("Whose"));
    m_whose->setAccessibleDescription(tr("Limits the list to what was done by one token"));
    m_kind->setItemText(0, tr("Everything"));
    for (int i = 1; i < m_kind->count(); ++i)
        m_kind->setItemText(i, AuditWords::kind(m_kind->itemData(i).toString()));
    m_kind->setAccessibleName(tr("What"));
    m_kind->setAccessibleDescription(tr("Limits the list to one kind of deed"));
    m_subject->setPlaceholderText(tr("On what (all of its id or name)"));
    m_subject->setAccessibleName(tr("On what"));
    m_subject->setAccessibleDescription(tr("Limits the list to what was done to this"));
    const QStringList spans{tr("Any time"),        tr("The last hour"),    tr("The last 24 hours"),
                            tr("The last 7 days"), tr("The last 30 days"), tr("Chosen days")};
    for (int span = 0; span < SpanCount; ++span)
        m_span->setItemText(span, spans[span]);
    m_span->setAccessibleName(tr("When"));
    m_span->setAccessibleDescription(tr("Limits the list to a time"));
    m_to->setText(tr("to", "from a day to another"));
    for (QDateEdit* day : {m_from, m_until})
        day->setLocale(locale());
    giveSpoken(*m_from, tr("First day"), tr("The first of the days"));
    giveSpoken(*m_until, tr("Last day"), tr("The last of the days, all of it"));
    const bool isChosen = m_span->currentIndex() == ChosenDays;
    for (QWidget* each : std::initializer_list<QWidget*>{m_from, m_to, m_until})
        each->setVisible(isChosen);
}

void AuditFilter::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::LocaleChange)
        retranslate();
}

} // namespace prism::ui
