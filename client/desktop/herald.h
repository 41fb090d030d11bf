#pragma once

#include "client/net/live_feed.h"
#include "client/net/options.h"
#include "shared/protocol/alert.h"

#include <QHash>
#include <QLocale>
#include <QObject>
#include <QSet>
#include <QTimer>

#include <deque>
#include <optional>

namespace prism::desktop {

class Notifier;

/// Decides what a person is told outside the window: each alert when it is raised, gets graver or is over, a
/// few at a time and then the rest in one sentence, and when the feed itself has been dead for a while, and
/// is back. Borrows the notifier. Lives on the GUI thread.
class Herald : public QObject
{
    Q_OBJECT

public:
    struct Limits
    {
        int atOnce = 3;                            ///< notifications …
        std::chrono::milliseconds within{10'000};  ///< … in this time
        std::chrono::milliseconds silence{60'000}; ///< how long the feed is dead before anybody is told
    };

    Herald(Notifier& notifier, const QString& server, const net::Clock& clock, const Limits& limits,
           QObject* parent = nullptr);

    /// Off, nothing is shown; alerts that come meanwhile are not made up for.
    void setWanted(bool wanted);
    /// Whether alerts can be acknowledged by whoever is told of them.
    void setAcknowledging(bool offered) { m_acknowledging = offered; }
    void setLocale(const QLocale& locale) { m_locale = locale; }

    void alertRaised(const protocol::Alert& alert);
    /// Wherever that was: there is nothing left to be told.
    void alertAcknowledged(const QString& id);
    void feedChanged(net::FeedState state);

private:
    bool isNews(const protocol::Alert& alert);
    void tellRest();
    void tellSilence();
    bool mayTell();

    Notifier& m_notifier;
    const QString m_server;
    const net::Clock m_clock;
    const Limits m_limits;
    QLocale m_locale;
    bool m_wanted = true;
    bool m_acknowledging = true;
    bool m_signedOut = false;
    QHash<QString, QString> m_known;              ///< what was told last of each alert, or counted, by id
    std::deque<QString> m_knownOrder;             ///< ids, oldest first; so that it does not grow for ever
    std::deque<std::chrono::milliseconds> m_told; ///< when, oldest first
    QSet<QString> m_rest;                         ///< ids for the one sentence
    QTimer m_restTimer;
    QTimer m_silenceTimer;
    std::optional<protocol::Timestamp> m_silentSince;
    bool m_toldSilence = false;
};

} // namespace prism::desktop
