#include "server/io/stream.h"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace prism::io {

namespace {

constexpr std::size_t receivedAtATime = 64UL * 1024;

/// What is done with at a buffer's start is cut off when it has become this long.
constexpr qsizetype longestDone = 64LL * 1024;

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
    std::array<char, receivedAtATime> bytes; // NOLINT(*-member-init): recv fills what is used of it
    const ssize_t received = ::recv(m_descriptor.number(), bytes.data(), bytes.size(), 0);
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
    if (isOpen() && !m_peerFinished && !m_readNotifier.isEnabled() && unread().size() < m_readAhead)
        m_readNotifier.setEnabled(true);
}

/// A connection that is broken takes nothing; the event loop finds it out and tells, so that no caller is
/// gone when this returns.
void Stream::write(const QByteArray& bytes)
{
    if (!isOpen() || bytes.isEmpty())
        return;
    const qsizetype taken = unsent() > 0 ? 0 : wire().send(bytes);
    if (taken < bytes.size())
        writeLater(bytes.sliced(taken));
}

void Stream::writeLater(const QByteArray& bytes)
{
    if (!isOpen() || bytes.isEmpty())
        return;
    const bool isFirst = unsent() == 0;
    m_unsent += bytes;
    if (!isFirst)
        return;
    if (!m_writeNotifier) {
        m_writeNotifier = std::make_unique<QSocketNotifier>(m_descriptor.number(), QSocketNotifier::Write);
        connect(m_writeNotifier.get(), &QSocketNotifier::activated, this, &Stream::send);
    }
    m_writeNotifier->setEnabled(true);
    emit held();
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
    if (unsent() > 0) {
        if (m_sent >= longestDone && m_sent >= unsent()) {
            m_unsent.remove(0, m_sent);
            m_sent = 0;
        }
        return;
    }
    m_unsent.clear();
    m_sent = 0;
    m_writeNotifier->setEnabled(false);
    emit drained();
}

void Stream::finishWriting()
{
    if (isOpen())
        ::shutdown(m_descriptor.number(), SHUT_WR);
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

Descriptor Stream::release()
{
    silence();
    return std::move(m_descriptor);
}

/// The event loop forgets the descriptor before its number may be another's.
void Stream::silence()
{
    m_readNotifier.setEnabled(false);
    if (m_writeNotifier)
        m_writeNotifier->setEnabled(false);
}

} // namespace prism::io
