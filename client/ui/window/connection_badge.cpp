#include "client/ui/window/connection_badge.h"

#include "client/ui/widgets/focus.h"
#include "client/ui/widgets/format.h"
#include "client/ui/widgets/text.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>

#include <utility>

namespace prism::ui {

using model::FeedState;

namespace {

constexpr int dotWidth = 10;

// The rest of a second counts as one: "retrying in 0 s" would look stuck.
std::chrono::milliseconds wholeSeconds(std::chrono::milliseconds time)
{
    return std::chrono::ceil<std::chrono::seconds>(time);
}

} // namespace

Connection Connection::of(const model::FeedModel& feed)
{
    // While it is live the age comes and goes with each event, and nobody is told of it.
    const auto age = feed.state() == FeedState::Live ? std::nullopt : feed.dataAge();
    return {feed.state(), feed.behind(), age, feed.disconnectedSince(), feed.retryIn(), feed.isRefused()};
}

ConnectionBadge::ConnectionBadge(QWidget* parent)
    : QWidget(parent)
    , m_text(new Text(TextRole::Strong))
    , m_retry(new QPushButton)
{
    m_text->setElided(true);
    m_retry->setObjectName(QStringLiteral("retry"));
    m_retry->setProperty("primary", true);
    m_retry->hide();
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(space::medium + dotWidth + space::small, space::tiny, space::tiny,
                               space::tiny);
    layout->setSpacing(space::medium);
    layout->addWidget(m_text);
    layout->addWidget(m_retry);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    connect(m_retry, &QPushButton::clicked, this, [this] {
        if (m_connection.state == FeedState::SignedOut)
            emit signInRequested();
        else if (m_untrusted && m_connection.state == FeedState::Offline)
            emit certificateRequested();
        else
            emit retryRequested();
    });
    retranslate();
}

void ConnectionBadge::display(const Connection& connection)
{
    if (m_connection == connection)
        return;
    m_connection = connection;
    retranslate();
}

void ConnectionBadge::setUntrusted(bool untrusted)
{
    if (std::exchange(m_untrusted, untrusted) != untrusted)
        retranslate();
}

QString ConnectionBadge::text() const
{
    return m_text->text();
}

QString ConnectionBadge::word() const
{
    switch (m_connection.state) {
    case FeedState::Connecting:
        return tr("connecting…");
    case FeedState::Live:
        return tr("live");
    case FeedState::Polling:
        return tr("polling");
    case FeedState::Offline:
        return tr("offline");
    case FeedState::SignedOut:
        return tr("signed out");
    }
    return {};
}

bool ConnectionBadge::offersRetry() const
{
    return m_retry->isVisibleTo(this);
}

bool ConnectionBadge::tellsAge() const
{
    switch (m_connection.state) {
    case FeedState::Polling:
        return !m_connection.refused && m_connection.dataAge;
    case FeedState::Offline:
    case FeedState::SignedOut:
        return m_connection.lostSince.has_value();
    default:
        return false;
    }
}

int ConnectionBadge::heightWithRetry() const
{
    m_retry->ensurePolished(); // a style sheet makes it higher
    const QMargins margins = layout()->contentsMargins();
    return m_retry->sizeHint().height() + margins.top() + margins.bottom();
}

QString ConnectionBadge::sentence() const
{
    const Format format(locale());
    switch (m_connection.state) {
    case FeedState::Live:
        if (m_connection.behind)
            return tr("live, %1 behind").arg(format.lag(*m_connection.behind));
        break;
    case FeedState::Polling:
        if (m_connection.refused)
            return tr("polling: the server refuses to push to this dashboard");
        if (m_connection.dataAge)
            return tr("polling, %1 old").arg(format.age(*m_connection.dataAge));
        break;
    case FeedState::Offline: {
        if (m_untrusted)
            return tr("blocked: the certificate is not trusted");
        if (!m_connection.lostSince)
            break;
        const QString since = format.clock(*m_connection.lostSince);
        if (!m_connection.retryIn)
            return tr("offline since %1, retrying…").arg(since);
        return tr("offline since %1, retrying in %2")
            .arg(since, format.age(wholeSeconds(*m_connection.retryIn)));
    }
    case FeedState::SignedOut:
        if (m_connection.lostSince)
            return tr("signed out since %1").arg(format.clock(*m_connection.lostSince));
        break;
    case FeedState::Connecting:
        break;
    }
    return word();
}

Tone ConnectionBadge::tone() const
{
    switch (m_connection.state) {
    case FeedState::Live:
        return Tone::Good;
    case FeedState::Polling:
        return Tone::Caution;
    case FeedState::Offline:
    case FeedState::SignedOut:
        return Tone::Bad;
    case FeedState::Connecting:
        break;
    }
    return Tone::Neutral;
}

void ConnectionBadge::retranslate()
{
    const FeedState state = m_connection.state;
    m_text->setText(sentence());
    const bool signedOut = state == FeedState::SignedOut;
    const bool untrusted = m_untrusted && state == FeedState::Offline;
    m_retry->setText(signedOut ? tr("Sign in…") : untrusted ? tr("Certificate…") : tr("Retry now"));
    m_retry->setAccessibleName(m_retry->text());
    m_retry->setAccessibleDescription(signedOut   ? tr("Asks for a token for this server")
                                      : untrusted ? tr("Shows the certificate, and lets you trust it")
                                                  : tr("Tries to reach the server at once"));
    const bool trouble = state == FeedState::Offline || state == FeedState::Polling || signedOut;
    if (!trouble)
        yieldFocus(*m_retry, *this); // Tab goes on from here
    m_retry->setVisible(trouble);
    QMargins margins = layout()->contentsMargins();
    margins.setRight(trouble ? space::tiny : space::large);
    layout()->setContentsMargins(margins);
    setAccessibleName(tr("Connection"));
    setAccessibleDescription(m_text->text());
    update();
}

void ConnectionBadge::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::LocaleChange)
        retranslate();
}

void ConnectionBadge::paintEvent(QPaintEvent*)
{
    const Theme theme = Theme::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.toneSurface(tone()));
    painter.drawRoundedRect(rect(), height() / 2.0, height() / 2.0);
    painter.setBrush(theme.fill(tone()));
    painter.drawEllipse(QRectF(space::medium, (height() - dotWidth) / 2.0, dotWidth, dotWidth));
}

} // namespace prism::ui
