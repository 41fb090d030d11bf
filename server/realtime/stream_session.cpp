#include "server/realtime/stream_session.h"

#include "shared/protocol/event.h"

namespace prism::realtime {

namespace message_type = protocol::message_type;

namespace {

constexpr std::chrono::milliseconds abortAfter{3'000};
constexpr qsizetype readAhead = 4096;

} // namespace

StreamSession::StreamSession(int descriptor, const StreamRequest& request, const Context& context,
                             QObject* parent)
    : Session(context, Encoding::EventStream, parent)
    , m_socket(descriptor, readAhead, this)
    , m_lastSign(Clock::now())
{
    connect(&m_socket, &io::Socket::readable, this, &StreamSession::onReadable);
    connect(&m_socket, &io::Socket::drained, this, [this] {
        if (isClosing())
            m_socket.finishWriting();
        else
            pump();
    });
    connect(&m_socket, &io::Socket::closed, this, &Session::finished);
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
        end();
}

/// A comment now and then keeps what lies between from closing a silent connection.
void StreamSession::tick(Clock::time_point now)
{
    if (m_abortAt) {
        if (now >= *m_abortAt)
            end();
        return;
    }
    if (now - m_lastSign >= context().settings.pingInterval) {
        m_lastSign = now;
        put(": ping\n\n");
    }
    Session::tick(now);
}

void StreamSession::close(int, const QString&)
{
    if (isClosing())
        return;
    m_abortAt = Clock::now() + abortAfter;
    if (unsent() == 0)
        m_socket.finishWriting();
}

void StreamSession::end()
{
    m_socket.close();
    emit finished();
}

} // namespace prism::realtime
