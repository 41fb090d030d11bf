#pragma once

#include "server/realtime/cursor.h"
#include "server/realtime/outlet.h"
#include "server/realtime/session_filter.h"
#include "server/realtime/session_view.h"
#include "server/realtime/settings.h"
#include "server/telemetry/session_stats.h"

#include <QObject>
#include <QUuid>

#include <chrono>
#include <optional>

namespace prism::realtime {

/// One connected client: a cursor into the events. It writes what its cursor has not sent, a bounded stretch
/// ahead of its stream, and goes on when the stream drains; so replay and live are the same code. Bytes go
/// straight to the client while nothing waits in front of it. Owns the outlet, which speaks the client's
/// protocol and calls what is for outlets here. Lives on its worker's thread.
class Session : public QObject
{
    Q_OBJECT

public:
    using Clock = std::chrono::steady_clock;

    struct Context
    {
        const Backlog& backlog;
        FrameReader& reader;
        const QString& epoch;
        const Settings& settings;
        telemetry::SessionStats& stats;
        ViewFeed& views;
        Cursors& cursors;
        io::ByteBudget& unsent; ///< of all connections together
    };

    /// `context` is borrowed.
    Session(const Context& context, std::unique_ptr<Outlet> outlet, const Guest& guest, QObject* parent);
    ~Session() override;

    /// Greets the client, and is live from there on. Called once, before anything else; the session may have
    /// ended when it returns.
    void begin();

    /// Writes what the cursor has not sent yet, as far as the client takes it.
    void pump();

    /// Keeps what was to be written and did not go out; the client gets it behind all that waits already.
    void fallBehind(const QByteArray& rest);

    /// What some client looks at is another; sent when this one takes it, unless a newer one comes before, or
    /// it does not look at that.
    void show(const UpdatePtr& update);

    /// Ends a client that is silent or too slow. Called about once a second.
    void tick(Clock::time_point now);

    static constexpr int goingAway = 1001; ///< the code of a server that ends or starts anew
    static constexpr int signedOut = 1008; ///< of one that does not serve this user any more

    /// Ends the session; finished() follows, within three seconds at the latest. `code` is one of a
    /// WebSocket's close frame.
    void close(int code, const QString& reason);

    /// The bytes that wait in front of the client.
    qint64 unsent() const { return m_outlet->stream().unsent(); }

    telemetry::SessionKind kind() const;

    // For the outlet:

    /// Sends what a client missed between its position and its greeting, and then tells it that this was
    /// complete; what has happened since waits meanwhile. When it is not there to be sent the client is told
    /// at once. Called once at most; begin() or pump() is to follow.
    void resume(const QString& epoch, protocol::Seq since);

    /// Sends what the client looks at, now and after each change; null stops it. False: see
    /// SessionView::look().
    bool look(std::optional<protocol::View> view);

    /// Sends bytes at once, or when the client takes them.
    void put(const QByteArray& bytes);

    /// Sends a message that is no event of the log, unless the session is closing.
    void tell(QLatin1String type, const QJsonObject& data);

    /// Tells a client up to where the events were kept back that it may not hear of, if there are any since
    /// the last one that it got: what comes next does not follow on that.
    void tellPassed();

    /// What the message that greets a client carries.
    QJsonObject helloData() const;

    SessionFilter& changeFilter();

    /// Everything from the greeting to this seq was sent or filtered out.
    protocol::Seq reached() const { return m_cursor->next - 1; }

    /// Whether the client asks for more than it reads.
    bool isOverwhelmed() const;

    /// Ends a client that sends more than it may.
    void closeForFlooding();

    /// From now on nothing is sent but what says goodbye, and the connection ends if that takes too long.
    void beginClosing();
    bool isClosing() const { return m_isClosing; }

    /// The connection has ended.
    void end();

signals:
    void finished();

private:
    QString name() const { return m_id.toString(QUuid::WithoutBraces); }

    /// What a client missed, as it says.
    struct Replay
    {
        protocol::Seq from = 0;
        protocol::Seq to = 0;
        protocol::Seq next = 0; ///< the first that was neither sent nor filtered out
        std::optional<protocol::Seq> passed = {};
    };

    void send(FrameReader::Stretch& stretch);
    QByteArray wantedOf(const FrameReader::Stretch& stretch, std::size_t& wanted);
    std::optional<protocol::Seq>& passed() { return m_replay ? m_replay->passed : m_passed; }
    QByteArray takePassed();
    void sendUpdates();
    void goOn();
    bool pumpOn(qint64& rows);
    void tellResumed(protocol::Seq from, protocol::Seq to, bool complete);
    bool keepsUpWithAll(Clock::time_point now);
    void closeAsTooSlow(const QString& reason);
    bool isBlocked() const { return unsent() > 0; }

    const Context& m_context;
    const QUuid m_id;
    const protocol::Seq m_helloHead;
    const std::unique_ptr<Outlet> m_outlet;
    const Cursors::Place m_cursor;
    SessionFilter m_filter;
    std::optional<protocol::Seq> m_passed; ///< the last that was kept back, of those that are live
    std::optional<Replay> m_replay;
    bool m_isPumping = false;
    bool m_goesOnLater = false; ///< its next turn is posted, and there is none before it
    bool m_isClosing = false;
    qint64 m_largestKept = 0; ///< what was kept in one piece and may wait still
    io::ReadingPace m_pace;
    SessionView m_view;
};

} // namespace prism::realtime
