#pragma once

#include "server/realtime/dashboard_feed.h"
#include "server/realtime/frame_reader.h"
#include "server/realtime/session_filter.h"
#include "server/realtime/settings.h"
#include "server/telemetry/session_stats.h"

#include <QObject>

#include <chrono>
#include <optional>

namespace prism::realtime {

/// One connected client: a cursor into the events. It writes what its cursor has not sent, a bounded stretch
/// ahead of its socket, and goes on when the socket drains; so replay and live are the same code. How bytes
/// get to the client is the subclass's. Lives on its worker's thread.
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
    };

    /// Writes what the cursor has not sent yet, as far as the socket takes it.
    void pump();

    /// A new dashboard; sent when the socket takes it, unless a newer one comes before, or it is not the
    /// period this client looks at.
    void show(protocol::Period period, const DashboardPtr& dashboard);

    /// Ends a client that is silent or too slow. Called several times a second.
    virtual void tick(Clock::time_point now);

    /// Ends the session; finished() follows, within three seconds at the latest. `code` is one of a
    /// WebSocket's close frame.
    virtual void close(int code, const QString& reason) = 0;

    /// The bytes that wait in front of the socket.
    virtual qint64 unsent() const = 0;

    telemetry::SessionKind kind() const;

signals:
    void finished();

protected:
    Session(const Context& context, Encoding encoding, QObject* parent);

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

    virtual void write(const QByteArray& bytes) = 0;
    virtual bool isClosing() const = 0;

    /// All that was missed has been written.
    virtual void replayed(const Replay& replay) = 0;

    /// {from, to, complete}, as `resumed` says it.
    static QJsonObject resumedData(protocol::Seq from, protocol::Seq to, bool complete);

    /// {connectionId, serverTime, epoch, seq, version}, as `connected` says it.
    QJsonObject helloData() const;

    const Context& context() const { return m_context; }
    const QString& id() const { return m_id; }
    SessionFilter& filter() { return m_filter; }
    protocol::Seq helloHead() const { return m_helloHead; }

    /// The last seq that was sent or filtered out.
    protocol::Seq reached() const { return m_next - 1; }
    bool hasBegun() const { return m_next > m_helloHead + 1; }

private:
    void send(FrameReader::Stretch& stretch);
    void sendDashboard();
    void closeAsTooSlow(const QString& reason);

    const Context m_context;
    const Encoding m_encoding;
    const QString m_id;
    SessionFilter m_filter;
    const protocol::Seq m_helloHead;
    protocol::Seq m_next; ///< the cursor: the first seq that was neither sent nor filtered out
    std::optional<Replay> m_replay;
    bool m_live = false; ///< until then nothing is sent, so that a resume repeats nothing
    bool m_pumping = false;
    qint64 m_written = 0;
    qint64 m_takenAtTick = 0;
    Clock::time_point m_lastProgress;
    std::optional<protocol::Period> m_period; ///< that the client looks at
    std::shared_ptr<void> m_look;
    DashboardPtr m_waiting;
    protocol::Seq m_shown = -1;
};

} // namespace prism::realtime
