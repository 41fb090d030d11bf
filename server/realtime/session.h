#pragma once

#include "server/realtime/backlog.h"
#include "server/realtime/event_source.h"
#include "server/realtime/session_filter.h"
#include "server/realtime/settings.h"
#include "shared/protocol/event.h"

#include <QTcpSocket>
#include <QTimer>
#include <QWebSocket>

namespace prism::realtime {

/// One connected client: a cursor into the backlog. It writes what its cursor has not sent, a bounded stretch
/// ahead of its socket, and goes on when the socket drains; so replay and live are the same code. Owns the
/// WebSocket. Lives on its worker's thread.
class Session : public QObject
{
    Q_OBJECT

public:
    struct Context
    {
        const Backlog& backlog;
        const EventSource& events;
        const QString& epoch;
        const Settings& settings;
    };

    /// `transport` is the TCP socket under `webSocket`.
    Session(std::unique_ptr<QWebSocket> webSocket, QTcpSocket* transport, const Context& context,
            QObject* parent);
    ~Session() override;

    /// Writes what the cursor has not sent yet, as far as the socket takes it.
    void pump();

    /// Pings, and closes a client that is silent or too slow. Called about once a second.
    void tick();

    /// Ends the session with a close frame; finished() follows, within three seconds at the latest.
    void close(int code, const QString& reason);

signals:
    void finished();

private:
    using Clock = std::chrono::steady_clock;

    struct Replay
    {
        protocol::Seq from = 0;
        protocol::Seq to = 0;
    };

    void greet();
    void goLive();
    void onText(const QString& text);
    void onRequest(const QString& type, const QJsonObject& data);
    void resume(const QString& epoch, protocol::Seq since);
    void send(QLatin1String type, const QJsonObject& data);
    void sendError(const protocol::Error& error);
    void write(const QByteArray& bytes);
    void onProgress();
    void finishReplay();
    bool isBehind() const;
    protocol::Result<std::vector<FramePtr>> readAhead(qint64 bytes) const;

    std::unique_ptr<QWebSocket> m_webSocket;
    QTcpSocket* const m_transport;
    const Context m_context;
    const QString m_id;
    SessionFilter m_filter;
    const protocol::Seq m_helloHead;
    protocol::Seq m_next; ///< the cursor: the first seq that was neither sent nor filtered out
    std::optional<Replay> m_replay;
    bool m_mayResume = true;
    bool m_live = false; ///< until then nothing is sent, so that a resume repeats nothing
    bool m_closing = false;
    bool m_pumping = false;
    Clock::time_point m_lastHeard;
    Clock::time_point m_lastPing;
    Clock::time_point m_lastProgress;
    QTimer m_graceTimer;
    QTimer m_abortTimer;
};

} // namespace prism::realtime
