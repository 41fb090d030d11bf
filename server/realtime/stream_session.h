#pragma once

#include "server/io/socket.h"
#include "server/realtime/session.h"

namespace prism::realtime {

/// What a client asked for that streams the events over plain HTTP.
struct StreamRequest
{
    QByteArray head; ///< of the answer, ready to be sent

    /// Where to resume; nothing to begin with what happens from now on.
    std::optional<protocol::Seq> since;
    QString epoch; ///< empty for the log's own
};

/// A session of server-sent events (https://html.spec.whatwg.org, section 9.2): each has its position
/// ("epoch:seq") as its id, so that a client that comes back with Last-Event-ID misses nothing. Owns the
/// socket. Lives on its worker's thread.
class StreamSession : public Session
{
    Q_OBJECT

public:
    /// Takes over a connected descriptor.
    StreamSession(int descriptor, const StreamRequest& request, const Context& context, QObject* parent);

    void tick(Clock::time_point now) override;
    void close(int code, const QString& reason) override;
    qint64 unsent() const override { return m_socket.unsent(); }

protected:
    void write(const QByteArray& bytes) override { m_socket.write(bytes); }
    bool isClosing() const override { return m_abortAt.has_value(); }
    void replayed(const Replay& replay) override;

private:
    void tell(QLatin1String type, const QJsonObject& data, const QByteArray& id);
    QByteArray reachedId() const;
    void onReadable();
    void end();

    io::Socket m_socket;
    std::optional<Clock::time_point> m_abortAt; ///< set while closing
    Clock::time_point m_lastSign;
};

} // namespace prism::realtime
