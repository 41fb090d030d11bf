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
    StreamSession(io::Descriptor descriptor, const StreamRequest& request, const Context& context,
                  QObject* parent);

protected:
    void keep(const QByteArray& bytes) override { m_socket.writeLater(bytes); }
    qint64 kept() const override { return m_socket.unsent(); }
    void replayed(const Replay& replay) override;
    void keepAlive(Clock::time_point now) override;
    void sayGoodbye(int code, const QString& reason) override;
    void abort() override;

private:
    void tell(QLatin1String type, const QJsonObject& data, const QByteArray& id);
    QByteArray reachedId() const;
    void onReadable();

    io::Socket m_socket;
    Clock::time_point m_lastSign;
};

} // namespace prism::realtime
