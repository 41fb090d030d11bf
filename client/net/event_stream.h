#pragma once

#include "client/net/backoff.h"
#include "client/net/clock_offset.h"
#include "client/net/event_cursor.h"
#include "client/net/options.h"
#include "shared/protocol/event.h"
#include "shared/protocol/view.h"

#include <QDeadlineTimer>
#include <QMap>
#include <QObject>
#include <QQueue>
#include <QTimer>
#include <QUrl>

#include <optional>

namespace prism::net {

class Trust;
class WebSocket;

/// What a session says of itself when it opens.
struct Hello
{
    QString connectionId;
    QString version;
    protocol::Timestamp serverTime;
    protocol::Position position;
};

/// The push channel: one WebSocket session at a time, opened again whenever it is lost, at an address that
/// names the cursor's position, from which the server goes on. Lets an event out only when it is the very
/// next one. Lives on the GUI thread.
class EventStream : public QObject
{
    Q_OBJECT

public:
    enum class State {
        Idle,
        Connecting, ///< until the hello
        Resuming,   ///< until everything missed has come
        Live,
        Waiting, ///< for the next attempt
        Refused, ///< closed with 1008: no further attempt by itself
    };

    /// `url` is the session's address, "ws://host:port/ws". The cursor belongs to the caller and outlives
    /// this.
    EventStream(const QUrl& url, EventCursor& cursor, const Options& options, QObject* parent = nullptr);
    ~EventStream() override;

    void start();
    void stop();

    /// Decides which certificates will do; outlives this.
    void setTrust(Trust* trust) { m_trust = trust; }
    /// What each session from now on says of who opens it; empty for nothing.
    void setAuthorization(const QByteArray& authorization) { m_authorization = authorization; }

    /// Ends the wait for the next attempt, if it is waiting or refused.
    void retryNow();

    /// What is looked at, from now on and in every session: the server tells of it, by told(). Null for
    /// nothing.
    void look(const std::optional<protocol::View>& view);

    State state() const { return m_state; }
    std::optional<std::chrono::milliseconds> retryIn() const;

    /// How late `event` is now, on the server's clock; not below 0.
    std::chrono::milliseconds lateness(const protocol::Event& event) const;

signals:
    void stateChanged(prism::net::EventStream::State state);
    void heard(); ///< anything at all came from the server
    void eventReceived(const prism::protocol::Event& event);
    void told(const QJsonObject& update); ///< a part of what is looked at, or all of it

    /// The session goes live, and the cursor is where it starts. False: what came between is lost to this
    /// client, or there was no position before.
    void resumed(bool complete);

private:
    void open();
    QUrl address();
    void drop(const QString& why);
    void closeSocket();
    void onConnected();
    void onDisconnected();
    void onReceived(const QByteArray& text);
    void handleReceived(QDeadlineTimer until);
    void onMessage(const QByteArray& text);
    void onHello(const protocol::Event& message);
    void onResumed(const protocol::Event& message);
    void onPassed(const protocol::Event& message);
    void onPong(const protocol::Event& message);
    void onEvent(const protocol::Event& event);
    bool releaseEarly(); ///< false after a gap
    void onGap(protocol::Seq seq);
    void goLive(bool complete);
    void sendPing();
    void sendView();
    void send(QLatin1String type, const QJsonValue& data);
    void setState(State state);

    const QUrl m_url;
    QByteArray m_authorization;
    Trust* m_trust = nullptr;
    EventCursor& m_cursor;
    const Options m_options;
    Backoff m_backoff;
    ClockOffset m_offset;
    WebSocket* m_socket = nullptr; ///< the present session's; a child
    QTimer m_handshakeTimer;
    QTimer m_pingTimer;
    QTimer m_silenceTimer;
    QTimer m_retryTimer;
    QTimer m_calmTimer;            ///< while a session holds after one that was closed for what it sent
    QTimer m_turnTimer;            ///< while something is received and not handled
    QQueue<QByteArray> m_received; ///< and not handled yet
    qsizetype m_receivedSize = 0;
    State m_state = State::Idle;
    std::optional<protocol::View> m_view;
    std::optional<protocol::Timestamp> m_pingSent;
    protocol::Timestamp m_openedAt;
    std::optional<Hello> m_hello;
    QMap<protocol::Seq, protocol::Event> m_early; ///< live ones that came before the missed ones
    std::optional<protocol::Seq> m_lastGap;       ///< where a gap made it reconnect
    bool m_resuming = false;                      ///< this session was asked to resume
    bool m_hasSentTooMuch = false; ///< one was closed for it, and the wait does not get shorter yet
    bool m_startOver = false;      ///< the next session does not resume
};

} // namespace prism::net
