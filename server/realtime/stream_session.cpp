#include "server/realtime/stream_session.h"

#include "shared/protocol/event.h"

namespace prism::realtime {

namespace message_type = protocol::message_type;

namespace {

constexpr qsizetype readAhead = 4096;

} // namespace

StreamSession::StreamSession(io::Descriptor descriptor, const StreamRequest& request, const Context& context,
                             QObject* parent)
    : Session(context, Encoding::EventStream, descriptor.number(), parent)
    , m_socket(std::move(descriptor), readAhead, this)
    , m_lastSign(Clock::now())
{
    connect(&m_socket, &io::Socket::readable, this, &StreamSession::onReadable);
    connect(&m_socket, &io::Socket::drained, this, [this] {
        if (isClosing())
            m_socket.finishWriting();
        else
            unblock();
    });
    connect(&m_socket, &io::Socket::closed, this, [this] {
        forgetDescriptor();
        emit finished();
    });
    put(request.head);
    if (!request.since) {
        tell(message_type::connected, helloData(), reachedId());
    } else {
        tell(message_type::connected, helloData(), {});
        if (!resume(request.epoch.isEmpty() ? context.epoch : request.epoch, *request.since))
            tell(message_type::resumed, resumedData(*request.since, reached(), false), reachedId());
    }
    goLive();
}

QByteArray StreamSession::reachedId() const
{
    return context().epoch.toLatin1() + ':' + QByteArray::number(qlonglong(reached()));
}

void StreamSession::tell(QLatin1String type, const QJsonObject& data, const QByteArray& id)
{
    put(streamEvent(id, encode(protocol::Event{QString(type), 0, data, protocol::now()})));
}

void StreamSession::replayed(const Replay& replay)
{
    tell(message_type::resumed, resumedData(replay.from, replay.to, true), reachedId());
}

/// A client has nothing more to say; what it sends all the same is thrown away.
void StreamSession::onReadable()
{
    m_socket.consume(m_socket.unread().size());
    if (m_socket.peerFinished())
        abort();
}

/// A comment now and then keeps what lies between from closing a silent connection.
void StreamSession::keepAlive(Clock::time_point now)
{
    if (now - m_lastSign >= context().settings.pingInterval) {
        m_lastSign = now;
        put(": ping\n\n");
    }
}

void StreamSession::sayGoodbye(int, const QString&)
{
    if (unsent() == 0)
        m_socket.finishWriting();
}

void StreamSession::abort()
{
    forgetDescriptor();
    m_socket.close();
    emit finished();
}

} // namespace prism::realtime
