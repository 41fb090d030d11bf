#include "client/desktop/herald.h"

#include "client/desktop/notifier.h"
#include "client/ui/alerts/alert_sentence.h"
#include "client/ui/alerts/alert_texts.h"
#include "client/ui/widgets/foreign_text.h"
#include "client/ui/widgets/format.h"

#include <utility>

namespace prism::desktop {

using std::chrono::milliseconds;
using Urgency = Notification::Urgency;

namespace {

constexpr std::size_t keptIds = 1'000;

const QLatin1String restKey("prism:rest"), feedKey("prism:feed");

Urgency urgencyOf(protocol::AlertSeverity severity)
{
    switch (severity) {
    case protocol::AlertSeverity::High:
        return Urgency::Critical;
    case protocol::AlertSeverity::Medium:
        return Urgency::Normal;
    case protocol::AlertSeverity::Low:
        break;
    }
    return Urgency::Low;
}

} // namespace

Herald::Herald(Notifier& notifier, const QString& server, const net::Clock& clock, const Limits& limits,
               QObject* parent)
    : QObject(parent)
    , m_notifier(notifier)
    , m_server(ui::isolated(server))
    , m_clock(clock)
    , m_limits(limits)
{
    m_restTimer.setSingleShot(true);
    m_silenceTimer.setSingleShot(true);
    m_silenceTimer.setInterval(limits.silence);
    connect(&m_restTimer, &QTimer::timeout, this, &Herald::tellRest);
    connect(&m_silenceTimer, &QTimer::timeout, this, &Herald::tellSilence);
}

void Herald::setWanted(bool wanted)
{
    m_wanted = wanted;
    if (!wanted) {
        m_rest.clear();
        m_restTimer.stop();
    }
}

void Herald::alertRaised(const protocol::Alert& alert)
{
    if (!isNews(alert) || !m_wanted)
        return;
    if (!mayTell()) {
        m_rest.insert(alert.id);
        if (!m_restTimer.isActive())
            m_restTimer.start(m_limits.within);
        return;
    }
    const bool isOver = alert.state == protocol::AlertState::Resolved;
    const QString kind = ui::AlertTexts::kindText(alert.kind);
    const QString title = kind.isEmpty() ? tr("Alert (%1)").arg(m_server)
                                         : tr("%1 (%2)", "kind of alert, server").arg(kind, m_server);
    m_notifier.show({alert.id, isOver ? tr("Over: %1", "an alert").arg(title) : title,
                     ui::AlertSentence::of(alert, m_locale),
                     isOver ? Urgency::Low : urgencyOf(alert.severity), !isOver && m_acknowledging});
}

/// The end only of what was told, or counted.
bool Herald::isNews(const protocol::Alert& alert)
{
    const bool isOver = alert.state == protocol::AlertState::Resolved;
    const auto known = m_known.constFind(alert.id);
    if (isOver ? known == m_known.constEnd() : alert.isAcknowledged())
        return false;
    const QString news = isOver ? QStringLiteral("over")
                                : QString(protocol::nameOf(protocol::alertSeverityNames, alert.severity)) +
                                      protocol::toIso(alert.bucket);
    if (known != m_known.constEnd() && *known == news)
        return false;
    if (known == m_known.constEnd())
        m_knownOrder.push_back(alert.id);
    m_known.insert(alert.id, news);
    if (m_knownOrder.size() > keptIds) {
        m_known.remove(m_knownOrder.front());
        m_knownOrder.pop_front();
    }
    return true;
}

void Herald::alertAcknowledged(const QString& id)
{
    m_rest.remove(id);
    m_notifier.withdraw(id);
}

bool Herald::mayTell()
{
    const milliseconds now = m_clock.elapsed();
    while (!m_told.empty() && now - m_told.front() >= m_limits.within)
        m_told.pop_front();
    if (m_restTimer.isActive() || m_told.size() >= static_cast<std::size_t>(m_limits.atOnce))
        return false;
    m_told.push_back(now);
    return true;
}

void Herald::tellRest()
{
    if (m_rest.isEmpty())
        return;
    m_notifier.show({restKey, tr("More alerts (%1)").arg(m_server),
                     tr("%Ln more alert(s) came at once. The window has them all.", nullptr,
                        static_cast<int>(m_rest.size())),
                     Urgency::Normal, false});
    m_rest.clear();
}

void Herald::feedChanged(net::FeedState state)
{
    m_signedOut = state == net::FeedState::SignedOut;
    const bool alive = state == net::FeedState::Live || state == net::FeedState::Polling;
    if (!alive) {
        if (!m_silentSince) {
            m_silentSince = m_clock.now();
            m_silenceTimer.start();
        }
        return;
    }
    m_silenceTimer.stop();
    m_silentSince.reset();
    if (std::exchange(m_toldSilence, false) && m_wanted)
        m_notifier.show({feedKey, tr("%1 is back", "server").arg(m_server),
                         tr("The dashboard hears of everything again."), Urgency::Low, false});
}

void Herald::tellSilence()
{
    if (!m_wanted)
        return;
    m_toldSilence = true;
    const QString what = m_signedOut ? tr("Signed out of %1", "server").arg(m_server)
                                     : tr("%1 cannot be reached", "server").arg(m_server);
    m_notifier.show({feedKey, what,
                     tr("Nothing has been heard of it since %1. Alerts may be missing.")
                         .arg(ui::Format(m_locale).clock(*m_silentSince)),
                     Urgency::Critical, false});
}

} // namespace prism::desktop
