#include "server/realtime/event_stream_outlet.h"

#include "server/realtime/session.h"

namespace prism::realtime {

namespace message_type = protocol::message_type;

namespace {

constexpr qsizetype readAhead = 4096;

} // namespace

EventStreamOutlet::EventStreamOutlet(io::Descriptor descriptor, StreamRequest request, const QString& epoch,
                                     const Settings& settings)
    : m_stream(std::move(descriptor), readAhead)
    , m_request(std::move(request))
    , m_epoch(epoch)
    , m_pingInterval(settings.pingInterval)
    , m_lastSign(Clock::now())
    , m_intake(settings, m_lastSign)
{
}

void EventStreamOutlet::begin(Session& session)
{
    m_session = &session;
    QObject::connect(&m_stream, &io::Stream::readable, &m_stream, [this] { onReadable(); });
    QObject::connect(&m_stream, &io::Stream::closed, &session, &Session::end);
    session.put(m_request.head);
    session.tell(message_type::connected, session.helloData());
    if (m_request.since)
        session.resume(m_request.epoch.isEmpty() ? m_epoch : m_request.epoch, *m_request.since);
}

/// A greeting before a replay says no position: who came back with it would miss the replay.
QByteArray EventStreamOutlet::encoded(const protocol::Event& message, protocol::Seq reached) const
{
    const bool comesBeforeReplay = m_request.since && message.type == message_type::connected;
    const QByteArray id =
        comesBeforeReplay ? QByteArray() : m_epoch.toLatin1() + ':' + QByteArray::number(qlonglong(reached));
    return streamEvent(id, encode(message));
}

/// A client has nothing more to say; what it sends all the same is thrown away, and too much of it ends it.
void EventStreamOutlet::onReadable()
{
    const qsizetype size = m_stream.unread().size();
    m_stream.consume(size);
    if (!m_intake.take(1, size, Clock::now()))
        m_session->closeForFlooding();
    else if (m_stream.peerFinished())
        abort();
}

/// A comment now and then keeps what lies between from closing a silent connection.
void EventStreamOutlet::keepAlive(Clock::time_point now)
{
    if (now - m_lastSign >= m_pingInterval) {
        m_lastSign = now;
        m_session->tellPassed();
        m_session->put(": ping\n\n");
    }
}

void EventStreamOutlet::sayGoodbye(int, const QString&)
{
    m_stream.finish();
}

void EventStreamOutlet::abort()
{
    m_stream.close();
    m_session->end();
}

} // namespace prism::realtime
