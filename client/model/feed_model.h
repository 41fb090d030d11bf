#pragma once

#include "client/net/live_feed.h"
#include "client/net/options.h"

#include <QList>
#include <QObject>
#include <QTimer>

#include <optional>

namespace prism::model {

class DashboardModel;

// What the feed says of itself is the same in the window, which knows of no network.
using FeedState = net::FeedState;
using Recovery = net::Recovery;

/// What the header tells about the connection: by which way the data comes, how far behind it is, since when
/// something is wrong and when it is tried again. Borrows feed and dashboard. Lives on the GUI thread.
class FeedModel : public QObject
{
    Q_OBJECT

public:
    FeedModel(net::LiveFeed& feed, const DashboardModel& dashboard, const net::Options& options,
              QObject* parent = nullptr);

    net::FeedState state() const { return m_feed.state(); }

    /// How late the latest pushed event was; nothing before the first one.
    std::optional<std::chrono::milliseconds> behind() const { return m_feed.behind(); }

    /// How old the numbers shown are; nothing before the first.
    std::optional<std::chrono::milliseconds> dataAge() const;

    /// Since when push is down; nothing while it is up.
    std::optional<protocol::Timestamp> disconnectedSince() const { return m_feed.disconnectedSince(); }

    /// How long until push is tried again; nothing while it is up or being tried.
    std::optional<std::chrono::milliseconds> retryIn() const { return m_feed.retryIn(); }

    /// The server does not want this client (1008): nothing is tried until retryNow().
    bool isRefused() const { return m_feed.isRefused(); }

    /// Whether there is trouble that has lasted longer than a moment.
    bool isBannerVisible() const { return m_bannerVisible; }

    /// Why the server is not asked any more; nothing unless it is SignedOut.
    std::optional<protocol::Error> refusal() const { return m_feed.refusal(); }

    /// Why polling fails as well; nothing otherwise.
    std::optional<protocol::Error> error() const { return m_feed.pollError(); }

    /// From here on nothing is missing; nothing before the first connection.
    std::optional<protocol::Timestamp> completeSince() const { return m_completeSince; }

    /// The outages since the start, newest first, the latest hundred.
    const QList<net::Recovery>& recoveries() const { return m_recoveries; }

    /// Tries everything at once.
    void retryNow() { m_feed.retryNow(); }

signals:
    /// Anything above changed; once a second while an age or a countdown runs. A burst of events is told as
    /// one.
    void changed();
    void stateChanged(prism::net::FeedState state);
    void recovered(const prism::net::Recovery& recovery);

private:
    void onState(net::FeedState state);
    void onEvents();
    void onFreshness();
    void onGrace();
    void onReloadNeeded();
    void onRecovered(const net::Recovery& recovery);

    net::LiveFeed& m_feed;
    const DashboardModel& m_dashboard;
    const net::Options m_options;
    std::optional<protocol::Timestamp> m_completeSince;
    QList<net::Recovery> m_recoveries;
    bool m_bannerVisible = false;
    QTimer m_graceTimer;
    QTimer m_tick;
    QTimer m_burst;        ///< since the latest events that were told of
    bool m_untold = false; ///< more came meanwhile
};

} // namespace prism::model
