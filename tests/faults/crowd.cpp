#include "tests/faults/crowd.h"

#include "tests/support/loopback_socket.h"

#include <QDeadlineTimer>
#include <QtEndian>

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace prism::test {

Crowd::~Crowd()
{
    for (const Member& member : m_members)
        ::close(member.descriptor);
}

Crowd::Member& Crowd::add(quint16 port, const QByteArray& path, protocol::Seq position, int receiveBuffer,
                          int segmentSize)
{
    Member member;
    member.position = position;
    member.descriptor = connectToLoopback(port, receiveBuffer, segmentSize);
    member.closed = member.descriptor < 0 ||
                    !sendAll(member.descriptor, "GET " + path +
                                                    " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                                                    "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                                                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    m_members.push_back(std::move(member));
    return m_members.back();
}

bool Crowd::readUntil(const std::function<bool()>& done, int timeoutMs)
{
    const QDeadlineTimer deadline(timeoutMs);
    while (!done()) {
        if (deadline.hasExpired())
            return false;
        std::vector<pollfd> waiting;
        waiting.reserve(m_members.size());
        // poll() passes over negative descriptors.
        for (const Member& member : m_members)
            waiting.push_back({member.reading && !member.closed ? member.descriptor : -1, POLLIN, 0});
        ::poll(waiting.data(), waiting.size(), 20);
        for (std::size_t i = 0; i < waiting.size(); ++i) {
            if (waiting[i].revents != 0)
                read(m_members[i]);
        }
    }
    return true;
}

void Crowd::read(Member& member)
{
    char bytes[64 * 1024];
    const ssize_t length = ::recv(member.descriptor, bytes, sizeof bytes, MSG_DONTWAIT);
    if (length <= 0) {
        member.closed = true;
        return;
    }
    member.received.append(bytes, length);
    parse(member);
}

void Crowd::parse(Member& member)
{
    qsizetype at = 0;
    const QByteArray& all = member.received;
    if (!member.open) {
        const qsizetype end = all.indexOf("\r\n\r\n");
        if (end < 0)
            return;
        member.open = all.startsWith("HTTP/1.1 101");
        member.closed = !member.open;
        at = end + 4;
    }
    while (all.size() - at >= 2) {
        const int opcode = all[at] & 0x0f;
        quint64 size = quint8(all[at + 1]) & 0x7f;
        const qsizetype head = size == 126 ? 4 : size == 127 ? 10 : 2;
        if (all.size() - at < head)
            break;
        if (head == 4)
            size = qFromBigEndian<quint16>(all.constData() + at + 2);
        else if (head == 10)
            size = qFromBigEndian<quint64>(all.constData() + at + 2);
        if (quint64(all.size() - at - head) < size)
            break;
        take(member, opcode, QByteArray::fromRawData(all.constData() + at + head, qsizetype(size)));
        at += head + qsizetype(size);
    }
    member.received.remove(0, at);
}

void Crowd::take(Member& member, int opcode, const QByteArray& payload)
{
    if (opcode == 8 && payload.size() >= 2)
        member.closeCode = qFromBigEndian<quint16>(payload.constData());
    if (opcode != 1 || payload.contains("\"connectionId\""))
        return;
    const qsizetype at = payload.indexOf("\"seq\":");
    if (at < 0)
        return;
    const auto seq = protocol::Seq(std::strtoll(payload.constData() + at + 6, nullptr, 10));
    member.outOfOrder += seq == member.position + 1 ? 0 : 1;
    member.position = seq;
    if (onEvent)
        onEvent(payload);
}

} // namespace prism::test
