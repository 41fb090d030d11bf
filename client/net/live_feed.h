#pragma once

#include "client/net/api.h"
#include "client/net/event_cursor.h"
#include "client/net/event_stream.h"
#include "client/net/options.h"
#include "shared/protocol/error.h"
#include "shared/protocol/event.h"

#include <QList>
#include <QObject>
#include <QTimer>

#include <optional>

namespace prism::net {

/// How events reach this client.
enum class FeedState {
    Connecting, ///< nothing has answered yet, or the push channel was just lost
    Live,       ///< pushed as they happen
    Polling,    ///< push is down, asking every now and then works
    Offline,    ///< neither works
    SignedOut,  ///< the server wants another token; nothing is tried until there is one
};

/// An outage that is over.
struct Recovery
{
    protocol::Timestamp lost;
    protocol::Timestamp back;
    qint64 events = 0;    ///< what happened meanwhile and was caught up
    bool complete = true; ///< false: the server could not tell, and everything was loaded anew

    bool operator==(const Recovery&) const = default;
};

/// Every event exactly once and in order: by push, or by polling while push is down. Owns the position and
/// the push channel, borrows the Api. Lives on the GUI thread.
class LiveFeed : public QObject
{
    Q_OBJECT

public:
    LiveFeed(Api& api, const Options& options, QObject* parent = nullptr);

    void start();

    /// How often to poll while push is down, from the next poll on.
    void setPollInterval(std::chrono::milliseconds interval);

    /// Tries push and poll at once instead of waiting for the next turn.
    void retryNow();

    /// What the server is to tell of while it is Live: see dashboardTold() and those behind it.
    void look(const protocol::View& view) { m_stream.look(view); }

    FeedState state() const { return m_state; }
    std::optional<protocol::Position> position() const { return m_cursor.position(); }

    /// When push was lost (or first tried without success); nothing while Live.
    std::optional<protocol::Timestamp> disconnectedSince() const { return m_disconnectedSince; }

    /// How long until push is tried again; nothing while it is up, being tried, or not allowed.
    std::optional<std::chrono::milliseconds> retryIn() const { return m_stream.retryIn(); }

    /// The server closed the session for good (1008); only retryNow() tries again.
    bool isRefused() const { return m_stream.state() == EventStream::State::Refused; }

    /// How late the latest pushed event was, by the server's clock; nothing before the first.
    std::optional<std::chrono::milliseconds> behind() const { return m_behind; }

    /// When (Clock::elapsed) the server last said anything.
    std::chrono::milliseconds lastHeard() const { return m_lastHeard; }

    /// Why nothing is tried; nothing unless it is SignedOut.
    std::optional<protocol::Error> refusal() const { return m_api.credentials().refusal(); }

    /// Why the last poll failed; nothing when it worked.
    std::optional<protocol::Error> pollError() const { return m_pollError; }

signals:
    /// In order, none twice, none missing since the last reloadNeeded().
    void events(const QList<prism::protocol::Event>& events);

    /// The position was set anew (at first, and when the server cannot tell what was missed): whatever is
    /// shown has to be fetched again. Events after position() follow.
    void reloadNeeded();

    // Parts of what is looked at, as of now and then whenever they change.
    void dashboardTold(const prism::protocol::Dashboard& dashboard);
    void trendTold(const prism::protocol::TrendReport& trend);
    void forecastTold(const prism::protocol::ForecastReport& forecast);

    /// A poll worked: what was shown before may be confirmed or refreshed now.
    void polled();

    void stateChanged(prism::net::FeedState state);
    void recovered(const prism::net::Recovery& recovery);

private:
    void onCredentials();
    void beginOutage();
    void onStreamState(EventStream::State state);
    void onPushed(const protocol::Event& event);
    void onTold(const QJsonObject& update);
    void onResumed(bool complete);
    void poll();
    void askPosition();
    void askEvents();
    /// `asked` is where the feed stood when the question was asked.
    void onPosition(const std::optional<protocol::Position>& asked,
                    const protocol::Result<Fresh<protocol::Dashboard>>& answer);
    void onPage(const protocol::Position& asked, const protocol::Result<protocol::EventPage>& answer);
    void pollWorked();
    void pollFailed(const protocol::Error& error);
    void startOver(const protocol::Position& position);
    bool isPushBack() const;
    void pollDone();
    void setState(FeedState state);

    Api& m_api;
    const Options m_options;
    EventCursor m_cursor;
    EventStream m_stream;
    QTimer m_pollTimer;
    FeedState m_state = FeedState::Connecting;
    bool m_started = false;
    bool m_polling = false;    ///< a poll is in flight
    bool m_begun = false;      ///< there was a position before
    bool m_incomplete = false; ///< in the present outage
    qint64 m_caughtUp = 0;     ///< events of the present outage
    std::chrono::milliseconds m_lastHeard{0};
    std::optional<std::chrono::milliseconds> m_behind;
    std::optional<protocol::Timestamp> m_disconnectedSince;
    std::optional<protocol::Error> m_pollError;
    Call m_poll;
};

} // namespace prism::net
