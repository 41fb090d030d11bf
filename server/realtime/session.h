#pragma once

#include "server/realtime/cursor.h"
#include "server/realtime/dashboard_view.h"
#include "server/realtime/session_filter.h"
#include "server/realtime/settings.h"
#include "server/telemetry/session_stats.h"

#include <QObject>

#include <chrono>
#include <optional>

namespace prism::realtime {

/// One connected client: a cursor into the events. It writes what its cursor has not sent, a bounded stretch
/// ahead of its socket, and goes on when the socket drains; so replay and live are the same code. Bytes go
/// straight to the descriptor while nothing waits in front of it; what the kernel does not take, and all that
/// comes after that, is the subclass's to send. Lives on its worker's thread.
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
        DashboardFeed& dashboards;
        Cursors& cursors;
    };

    /// Writes what the cursor has not sent yet, as far as the socket takes it.
    void pump();

    /// The worker has written to the cursor and this did not go out.
    void fallBehind(const QByteArray& rest);

    /// A new dashboard; sent when the socket takes it, unless a newer one comes before, or it is not the
    /// period this client looks at.
    void show(protocol::Period period, const DashboardPtr& dashboard);

    /// Ends a client that is silent or too slow. Called about once a second.
    void tick(Clock::time_point now);

    static constexpr int goingAway = 1001; ///< the code of a server that ends or starts anew

    /// Ends the session; finished() follows, within three seconds at the latest. `code` is one of a
    /// WebSocket's close frame.
    void close(int code, const QString& reason);

    /// The bytes that wait in front of the socket.
    qint64 unsent() const { return m_isBlocked ? kept() : 0; }

    telemetry::SessionKind kind() const;

signals:
    void finished();

protected:
    /// `context` is borrowed; `descriptor` is a connected socket's, and not owned.
    Session(const Context& context, Encoding encoding, int descriptor, QObject* parent);

    /// What a client missed, as it says.
    struct Replay
    {
        protocol::Seq from = 0;
        protocol::Seq to = 0;
    };

    /// Goes back to what a client missed since its position: those events come first, then replayed(). False
    /// when they are not there to be sent; the cursor is then at the head.
    bool resume(const QString& epoch, protocol::Seq since);

    /// Sends the dashboard of a period from now on, now and after each change; null stops it.
    void look(std::optional<protocol::Period> period);

    /// From here on events are sent.
    void goLive();

    /// Sends bytes at once, or keeps them for when the client takes them.
    void put(const QByteArray& bytes);

    /// Bytes wait in front of the socket.
    void block();

    /// What waited has been sent, as far as is known.
    void unblock();

    /// The connection has ended: the descriptor is, or will be, closed.
    void forgetDescriptor();

    bool isClosing() const { return m_isClosing; }

    /// From now on nothing is sent but what says goodbye, and abort() is called if that takes too long.
    void beginClosing();

    /// Sends these bytes when the socket takes them, after all that wait already.
    virtual void keep(const QByteArray& bytes) = 0;

    /// The bytes that wait to be sent.
    virtual qint64 kept() const = 0;

    /// All that was missed has been written.
    virtual void replayed(const Replay& replay) = 0;

    /// Sees to what the client has to do or to hear from time to time.
    virtual void keepAlive(Clock::time_point now) = 0;

    /// Tells the client that the session ends, and why.
    virtual void sayGoodbye(int code, const QString& reason) = 0;

    /// Ends the connection at once; finished() is emitted.
    virtual void abort() = 0;

    /// What `resumed` and `connected` carry.
    static QJsonObject resumedData(protocol::Seq from, protocol::Seq to, bool complete);
    QJsonObject helloData() const;

    const Context& context() const { return m_context; }
    SessionFilter& changeFilter();

    /// The last seq that was sent or filtered out.
    protocol::Seq reached() const { return m_cursor->next - 1; }

private:
    void send(FrameReader::Stretch& stretch);
    void sendDashboard();
    void closeAsTooSlow(const QString& reason);

    const Context& m_context;
    const QString m_id;
    const protocol::Seq m_helloHead;
    const Cursors::Place m_cursor;
    SessionFilter m_filter;
    std::optional<Replay> m_replay;
    bool m_isLive = false; ///< until then nothing is sent, so that a resume repeats nothing
    bool m_isPumping = false;
    bool m_isBlocked = false; ///< bytes wait in front of the socket
    bool m_isClosing = false;
    qint64 m_takenAtTick = 0;
    Clock::time_point m_lastProgress;
    DashboardView m_view;
};

} // namespace prism::realtime
