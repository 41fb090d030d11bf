#include "server/io/tls/link.h"

#include <algorithm>
#include <cerrno>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <utility>

namespace prism::io::tls {

namespace {

constexpr int stepsAtATime = 8; // in each direction

/// What the kernel takes for a peer beyond what is on its way. With more, nothing would seem to move for long
/// where a peer reads slowly.
constexpr int mostNotSent = 64 * 1024;

bool wouldBlock(int error)
{
    return error == EAGAIN || error == EWOULDBLOCK || error == EINTR;
}

} // namespace

Link::Link(Descriptor peer, SessionPtr session, Descriptor local, OnTheWay onTheWay, Ticket ticket)
    : m_ticket(std::move(ticket))
    , m_onTheWay(std::move(onTheWay))
    , m_peer(std::move(peer))
    , m_session(std::move(session))
    , m_local(std::move(local))
    , m_ends{End{this, true}, End{this, false}}
{
    const int on = 1;
    ::setsockopt(m_peer.number(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    ::setsockopt(m_peer.number(), IPPROTO_TCP, TCP_NOTSENT_LOWAT, &mostNotSent, sizeof mostNotSent);
}

void Link::note(const End& end, quint32 events)
{
    const bool isEnding = (events & (EPOLLHUP | EPOLLERR)) != 0;
    const bool readable = isEnding || (events & (EPOLLIN | EPOLLRDHUP)) != 0;
    const bool writable = isEnding || (events & EPOLLOUT) != 0;
    if (end.isPeer) {
        m_peerReadable |= readable;
        m_peerWritable |= writable;
        m_isBroken |= (events & EPOLLERR) != 0;
    } else {
        m_localReadable |= readable;
        m_localWritable |= writable;
        m_isLeft |= isEnding;
    }
}

Link::State Link::advance(Bytes& bytes)
{
    Step in = Step::Moved;
    Step out = Step::Moved;
    for (int i = 0; i < stepsAtATime && !m_isBroken && !isOver(); ++i) {
        if (in == Step::Moved)
            in = moveIn(bytes);
        if (out == Step::Moved)
            out = moveOut(bytes);
        m_isBroken |= in == Step::Failed || out == Step::Failed;
        if (in == Step::Stuck && out == Step::Stuck)
            return isOver() ? State::Over : State::Waits;
    }
    return m_isBroken || isOver() ? State::Over : State::HasMore;
}

bool Link::look(Clock::time_point now, const ReadingFloor& floor)
{
    int waiting = 0;
    (void)::ioctl(m_local.number(), FIONREAD, &waiting);
    const qint64 atPeer = unacknowledged();
    m_onTheWay->store(waiting + m_toPeer.size() + atPeer, std::memory_order_relaxed);
    return !m_isLeft || m_pace.keepsUp(now, m_givenToPeer - atPeer, floor);
}

qint64 Link::unacknowledged() const
{
    int bytes = 0;
    return ::ioctl(m_peer.number(), TIOCOUTQ, &bytes) == 0 ? bytes : 0;
}

Link::Step Link::moveIn(Bytes& bytes)
{
    if (!m_toLocal.isEmpty())
        return giveToLocal(std::exchange(m_toLocal, QByteArray()));
    if (m_isInOver || !m_peerReadable)
        return Step::Stuck;
    ERR_clear_error();
    const int count = SSL_read(m_session.get(), bytes.data(), int(bytes.size()));
    if (count > 0)
        return giveToLocal(QByteArrayView(bytes.data(), count));
    if ((SSL_get_shutdown(m_session.get()) & SSL_RECEIVED_SHUTDOWN) != 0) {
        m_isInOver = true;
        ::shutdown(m_local.number(), SHUT_WR);
        return Step::Stuck;
    }
    return outcomeOf(count);
}

/// Whoever has left the local end reads nothing more: it goes nowhere.
Link::Step Link::giveToLocal(QByteArrayView bytes)
{
    const ssize_t taken = m_localWritable ? ::send(m_local.number(), bytes.data(), std::size_t(bytes.size()),
                                                   MSG_NOSIGNAL | MSG_DONTWAIT)
                                          : 0;
    if (taken == bytes.size())
        return Step::Moved;
    if (taken < 0 && !wouldBlock(errno))
        return Step::Moved;
    m_toLocal = bytes.sliced(std::max<ssize_t>(taken, 0)).toByteArray();
    if (taken > 0)
        return Step::Moved;
    m_localWritable = false;
    return Step::Stuck;
}

Link::Step Link::moveOut(Bytes& bytes)
{
    if (m_isOutOver)
        return Step::Stuck;
    if (!m_toPeer.isEmpty())
        return giveToPeer(m_toPeer);
    if (m_isLocalDone)
        return sayGoodbye();
    if (!m_localReadable || !m_peerWritable)
        return Step::Stuck;
    const ssize_t count = ::recv(m_local.number(), bytes.data(), bytes.size(), MSG_DONTWAIT);
    if (count > 0)
        return giveToPeer(QByteArrayView(bytes.data(), count));
    if (count < 0 && wouldBlock(errno)) {
        m_localReadable = false;
        return Step::Stuck;
    }
    m_isLocalDone = true;
    return sayGoodbye();
}

Link::Step Link::giveToPeer(QByteArrayView bytes)
{
    if (!m_peerWritable)
        return Step::Stuck;
    ERR_clear_error();
    const int count = SSL_write(m_session.get(), bytes.data(), int(bytes.size()));
    if (count <= 0) {
        if (m_toPeer.isEmpty())
            m_toPeer = bytes.toByteArray();
        return outcomeOf(count);
    }
    m_givenToPeer += count;
    m_toPeer = bytes.sliced(count).toByteArray();
    return Step::Moved;
}

Link::Step Link::sayGoodbye()
{
    if (!m_peerWritable)
        return Step::Stuck;
    ERR_clear_error();
    if (const int told = SSL_shutdown(m_session.get()); told < 0)
        return outcomeOf(told);
    ::shutdown(m_peer.number(), SHUT_WR);
    m_isOutOver = true;
    return Step::Stuck;
}

Link::Step Link::outcomeOf(int result)
{
    switch (SSL_get_error(m_session.get(), result)) {
    case SSL_ERROR_WANT_READ:
        m_peerReadable = false;
        return Step::Stuck;
    case SSL_ERROR_WANT_WRITE:
        m_peerWritable = false;
        return Step::Stuck;
    default:
        return Step::Failed;
    }
}

} // namespace prism::io::tls
