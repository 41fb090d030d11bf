#pragma once

#include "server/realtime/intake.h"
#include "server/realtime/outlet.h"
#include "server/realtime/stream_request.h"

namespace prism::realtime {

/// A client of server-sent events (https://html.spec.whatwg.org, section 9.2): each event has its position
/// ("epoch:seq") as its id, so that a client that comes back with Last-Event-ID misses nothing. Owns the
/// stream.
class EventStreamOutlet : public Outlet
{
public:
    /// `epoch` is the log's.
    EventStreamOutlet(io::Descriptor descriptor, StreamRequest request, const QString& epoch,
                      const Settings& settings);

    io::Stream& stream() override { return m_stream; }
    Encoding encoding() const override { return Encoding::EventStream; }
    void begin(Session& session) override;
    QByteArray encoded(const protocol::Event& message, protocol::Seq reached) const override;
    void keepAlive(Clock::time_point now) override;
    void sayGoodbye(int code, const QString& reason) override;
    void abort() override;

private:
    void onReadable();

    io::Stream m_stream;
    const StreamRequest m_request;
    const QString m_epoch;
    const std::chrono::milliseconds m_pingInterval;
    Session* m_session = nullptr;
    Clock::time_point m_lastSign;
    Intake m_intake;
};

} // namespace prism::realtime
