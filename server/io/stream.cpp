#include "server/io/stream.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <utility>

namespace prism::io {

namespace {

constexpr std::size_t receivedAtATime = 64UL * 1024;

/// What is done with at a buffer's start is cut off when it has become this long.
constexpr qsizetype longestDone = 64LL * 1024;

/// How long, and how much, a peer may go on sending to one that has finished.
constexpr int longestLinger = 2'000; // ms
constexpr qsizetype mostDiscarded = 16LL * 1024 * 1024;

bool wouldBlock(int error)
{
    return error == EAGAIN || error == EWOULDBLOCK || error == EINTR;
}

Descriptor prepared(Descriptor descriptor)
{
    const int on = 1;
    const int number = descriptor.number();
    ::fcntl(number, F_SETFL, ::fcntl(number, F_GETFL) | O_NONBLOCK);
    ::setsockopt(number, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return descriptor;
}

} // namespace

Stream::Stream(Descriptor descriptor, qsizetype readAhead, QObject* parent, const QByteArray& received)
    : QObject(parent)
    , m_descriptor(prepared(std::move(descriptor)))
    , m_readAhead(readAhead)
    , m_unread(received)
    , m_readNotifier(m_descriptor.number(), QSocketNotifier::Read)
{
    if (m_unread.size() >= m_readAhead)
        m_readNotifier.setEnabled(false);
    connect(&m_readNotifier, &QSocketNotifier::activated, this, &Stream::receive);
}

Stream::~Stream()
{
    close();
}

void Stream::receive()
{
    if (m_isFinishing) {
        discard();
        return;
    }
    std::array<char, receivedAtATime> bytes; // NOLINT(*-member-init): recv fills what is used of it
    const qsizetype room = std::max<qsizetype>(m_readAhead - unread().size(), 1);
    const ssize_t received =
        ::recv(m_descriptor.number(), bytes.data(), std::min(bytes.size(), std::size_t(room)), 0);
    if (received < 0) {
        if (!wouldBlock(errno))
            fail();
        return;
    }
    if (received == 0) {
        m_peerFinished = true;
        m_readNotifier.setEnabled(false);
    } else {
        m_unread.append(bytes.data(), received);
        if (unread().size() >= m_readAhead)
            m_readNotifier.setEnabled(false);
    }
    emit readable();
}

void Stream::discard()
{
    std::array<char, receivedAtATime> bytes; // NOLINT(*-member-init): nobody looks at it
    const ssize_t received = ::recv(m_descriptor.number(), bytes.data(), bytes.size(), 0);
    if (received < 0 && wouldBlock(errno))
        return;
    m_discarded += std::max<ssize_t>(received, 0);
    if (received == 0) {
        m_peerFinished = true;
        m_readNotifier.setEnabled(false);
    }
    const bool isDone = received == 0 && unsent() == 0;
    if (received < 0 || isDone || m_discarded > mostDiscarded)
        fail();
}

void Stream::setReadAhead(qsizetype bytes)
{
    if (std::exchange(m_readAhead, bytes) != bytes)
        consume(0);
}

void Stream::consume(qsizetype bytes)
{
    m_consumed += bytes;
    if (m_consumed == m_unread.size()) {
        m_unread.clear();
        m_consumed = 0;
    } else if (m_consumed >= longestDone) {
        m_unread.remove(0, m_consumed);
        m_consumed = 0;
    }
    const bool mayRead = isOpen() && !m_peerFinished && (m_isFinishing || unread().size() < m_readAhead);
    if (mayRead != m_readNotifier.isEnabled())
        m_readNotifier.setEnabled(mayRead);
}

/// A connection that is broken takes nothing; the event loop finds it out and tells, so that no caller is
/// gone when this returns.
void Stream::write(const QByteArray& bytes)
{
    if (!isOpen() || bytes.isEmpty() || m_isFinishing)
        return;
    const qsizetype taken = unsent() > 0 ? 0 : wire().send(bytes);
    if (taken < bytes.size())
        keep(bytes, taken);
}

void Stream::writeLater(const QByteArray& bytes)
{
    if (isOpen() && !bytes.isEmpty() && !m_isFinishing)
        keep(bytes, 0);
}

/// What is the only thing that waits is not copied, however large it is.
void Stream::keep(const QByteArray& bytes, qsizetype taken)
{
    const bool isFirst = unsent() == 0;
    if (isFirst) {
        m_unsent = bytes;
        m_sent = taken;
    } else {
        m_unsent += bytes;
    }
    if (m_budget && !m_holder) {
        m_holder = std::make_unique<ByteBudget::Holder>(*m_budget, this, [this] {
            if (m_holder && m_holder->isEnding()) {
                reset();
                emit closed();
            }
        });
    }
    if (m_holder)
        m_holder->moved(bytes.size()); // whoever is new has a while to show how fast it is
    count();
    if (!isFirst)
        return;
    if (!m_writeNotifier) {
        m_writeNotifier = std::make_unique<QSocketNotifier>(m_descriptor.number(), QSocketNotifier::Write);
        connect(m_writeNotifier.get(), &QSocketNotifier::activated, this, &Stream::send);
    }
    m_writeNotifier->setEnabled(true);
    emit held();
}

void Stream::count()
{
    if (m_holder)
        m_holder->hold(m_unsent.capacity());
}

void Stream::send()
{
    const ssize_t sent =
        ::send(m_descriptor.number(), m_unsent.constData() + m_sent, std::size_t(unsent()), MSG_NOSIGNAL);
    if (sent < 0) {
        if (!wouldBlock(errno))
            fail();
        return;
    }
    m_sent += sent;
    if (m_holder)
        m_holder->moved(sent);
    if (unsent() > 0) {
        if (m_sent >= longestDone && m_sent >= unsent()) {
            m_unsent = m_unsent.sliced(m_sent);
            m_sent = 0;
            count();
        }
        return;
    }
    m_unsent.clear();
    m_sent = 0;
    m_holder.reset();
    m_writeNotifier->setEnabled(false);
    if (m_isFinishing)
        linger();
    else
        emit drained();
}

qsizetype Stream::unacknowledged() const
{
    if (const std::atomic<qint64>* const onTheWay = m_descriptor.onTheWay())
        return onTheWay->load(std::memory_order_relaxed);
    int bytes = 0;
    return ::ioctl(m_descriptor.number(), TIOCOUTQ, &bytes) == 0 ? bytes : 0;
}

void Stream::finish()
{
    if (!isOpen() || m_isFinishing)
        return;
    m_isFinishing = true;
    consume(unread().size());
    if (unsent() == 0)
        linger();
}

/// The event loop tells, so that no caller is gone when this returns.
void Stream::linger()
{
    ::shutdown(m_descriptor.number(), SHUT_WR);
    m_lingering.start(m_peerFinished ? 0 : longestLinger, this);
}

void Stream::timerEvent(QTimerEvent* event)
{
    if (event->timerId() == m_lingering.timerId())
        fail();
}

void Stream::fail()
{
    if (!isOpen())
        return;
    close();
    emit closed();
}

void Stream::close()
{
    silence();
    m_descriptor.close();
}

void Stream::reset()
{
    const ::linger none{1, 0};
    if (isOpen())
        ::setsockopt(m_descriptor.number(), SOL_SOCKET, SO_LINGER, &none, sizeof none);
    close();
}

Descriptor Stream::release()
{
    silence();
    return std::move(m_descriptor);
}

/// The event loop forgets the descriptor before its number may be another's. What waits will not be sent.
void Stream::silence()
{
    m_lingering.stop();
    m_holder.reset();
    m_unsent.clear();
    m_sent = 0;
    m_readNotifier.setEnabled(false);
    if (m_writeNotifier)
        m_writeNotifier->setEnabled(false);
}

} // namespace prism::io
