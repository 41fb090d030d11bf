#include "client/ui/window/status_line.h"

#include "client/ui/widgets/error_words.h"
#include "client/ui/widgets/format.h"
#include "client/ui/widgets/text.h"
#include "client/ui/window/hindrance_words.h"

#include <QDateTime>
#include <QEvent>
#include <QHBoxLayout>

namespace prism::ui {

using protocol::ErrorCode;

namespace {

constexpr qsizetype mostOutages = 10; // that a tool tip has room for

} // namespace

StatusLine::StatusLine(QWidget* parent, std::chrono::milliseconds noticeTime)
    : QWidget(parent)
    , m_notice(new Text(TextRole::Caption, Text::Ink::Caution))
    , m_complete(new Text(TextRole::Caption, Text::Ink::Muted))
{
    m_notice->setElided(true);
    m_notice->setObjectName(QStringLiteral("notice"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(space::tiny, 0, space::tiny, 0);
    layout->setSpacing(space::medium);
    layout->addWidget(m_notice, 1);
    layout->addWidget(m_complete);
    m_noticeTimer.setSingleShot(true);
    m_noticeTimer.setInterval(noticeTime);
    connect(&m_noticeTimer, &QTimer::timeout, this, [this] {
        m_recordResumed = m_settingsResumed = false;
        clearError();
    });
    retranslate();
}

void StatusLine::displayError(const protocol::Error& error)
{
    displayFailure({}, error);
}

void StatusLine::displayFailure(const QString& what, const std::optional<protocol::Error>& error)
{
    m_error = error;
    m_failed = what;
    m_noticeTimer.start();
    retranslate();
}

void StatusLine::displayResumed(bool record, bool settings)
{
    m_recordResumed = record;
    m_settingsResumed = settings;
    if (record || settings)
        m_noticeTimer.start();
    retranslate();
}

void StatusLine::setRemembered(std::optional<protocol::Timestamp> from, std::chrono::milliseconds age)
{
    if (m_rememberedFrom == from && m_rememberedAge == age)
        return;
    m_rememberedFrom = from;
    m_rememberedAge = age;
    retranslate();
}

void StatusLine::clearError()
{
    m_error.reset();
    m_failed.clear();
    if (!m_recordResumed && !m_settingsResumed)
        m_noticeTimer.stop();
    retranslate();
}

void StatusLine::setHindrance(std::optional<model::Hindrance> hindrance, const QString& address,
                              bool hasSomething)
{
    m_hindrance = hindrance;
    m_address = address;
    m_hasSomething = hasSomething;
    retranslate();
}

void StatusLine::setSignedOut(const QString& why)
{
    if (m_signedOut == why)
        return;
    m_signedOut = why;
    retranslate();
}

void StatusLine::setAge(std::optional<std::chrono::milliseconds> age)
{
    if (m_age == age)
        return;
    m_age = age;
    retranslate();
}

void StatusLine::setCompleteness(std::optional<protocol::Timestamp> since,
                                 const QList<model::Recovery>& recoveries)
{
    if (m_completeSince == since && m_recoveries == recoveries)
        return;
    m_completeSince = since;
    m_recoveries = recoveries;
    retranslate();
}

QString StatusLine::noticeText() const
{
    return m_notice->text();
}

QString StatusLine::completenessText() const
{
    return m_complete->text();
}

QString StatusLine::notice() const
{
    if (!m_signedOut.isEmpty())
        return m_failed.isEmpty() ? m_signedOut : m_failed + QLatin1Char(' ') + m_signedOut;
    if (!m_error && !m_failed.isEmpty())
        return m_failed;
    if (!m_error) {
        const QString back = resumed();
        return back.isEmpty() && m_hindrance ? hindrance() : back;
    }
    return m_failed.isEmpty() ? sentenceFor(*m_error) : m_failed + QLatin1Char(' ') + reasonFor(*m_error);
}

QString StatusLine::hindrance() const
{
    const QString why = HindranceWords::sentence(*m_hindrance, m_address);
    return m_hasSomething ? why + QLatin1Char(' ') + tr("What is shown stays.") : why;
}

QString StatusLine::sentenceFor(const protocol::Error& error) const
{
    // What answers in a server's place has no code of the server's.
    if (m_hindrance && (error.code == ErrorCode::Unavailable || error.code == ErrorCode::Internal))
        return hindrance();
    switch (error.code) {
    case ErrorCode::NotAllowed:
    case ErrorCode::NotAuthenticated:
    case ErrorCode::TokenInvalid:
        return tr("The server does not allow this dashboard to read.");
    default:
        return ErrorWords(locale()).sentence(error, labelOf);
    }
}

QString StatusLine::reasonFor(const protocol::Error& error) const
{
    if (m_hindrance && error.code == ErrorCode::Unavailable)
        return HindranceWords::sentence(*m_hindrance, m_address);
    return ErrorWords(locale()).sentence(error, labelOf);
}

QString StatusLine::labelOf(const QString& field)
{
    if (field == QLatin1String("at"))
        return tr("Moment");
    return field == QLatin1String("period") ? tr("Period") : QString();
}

void StatusLine::retranslate()
{
    m_notice->setText(notice().trimmed());
    m_notice->setAccessibleName(tr("Notice"));
    m_notice->setAccessibleDescription(m_notice->text());

    const Format format(locale());
    m_complete->setText(completeness());
    QStringList outages;
    const QList<model::Recovery> latest = m_recoveries.mid(0, mostOutages);
    for (const model::Recovery& recovery : latest) {
        const QString span = tr("%1–%2").arg(format.clock(recovery.lost), format.clock(recovery.back));
        outages.append(recovery.complete
                           ? tr("%1: %Ln event(s) caught up", nullptr, int(recovery.events)).arg(span)
                           : tr("%1: everything was loaded anew").arg(span));
    }
    if (m_rememberedFrom)
        m_complete->setToolTip(
            tr("What the dashboard saw when it was last open, until something newer comes."));
    else
        m_complete->setToolTip(outages.isEmpty() ? tr("No event is missing since then.")
                                                 : tr("Interruptions:") + QLatin1Char('\n') +
                                                       outages.join(QLatin1Char('\n')));
    m_complete->setAccessibleName(tr("Completeness"));
    m_complete->setAccessibleDescription(m_complete->text());
}

QString StatusLine::resumed() const
{
    if (m_recordResumed && m_settingsResumed)
        return tr("A record and settings of the server that you had not saved are here as you left them.");
    if (m_recordResumed)
        return tr("A record that you had not saved is here as you left it.");
    return m_settingsResumed ? tr("Settings of the server that you had not saved are here as you left them.")
                             : QString();
}

QString StatusLine::completeness() const
{
    const Format format(locale());
    // Whatever is remembered is not complete, whether or not somebody is connected by now.
    if (m_rememberedFrom)
        return tr("as of %1, %2 ago")
            .arg(format.moment(protocol::toDateTime(*m_rememberedFrom), QDateTime::currentDateTime()),
                 format.age(m_rememberedAge));
    if (m_age)
        return tr("numbers %1 old").arg(format.age(*m_age));
    return m_completeSince ? tr("complete since %1").arg(format.clock(*m_completeSince)) : QString();
}

void StatusLine::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::LocaleChange)
        retranslate();
}

} // namespace prism::ui
