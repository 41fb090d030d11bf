#include "tests/support/raw_web_socket.h"

#include <QDeadlineTimer>
#include <QJsonDocument>
#include <QtEndian>

namespace prism::test {

QJsonObject RawWebSocket::Frame::json() const
{
    return QJsonDocument::fromJson(payload).object();
}

int RawWebSocket::Frame::closeCode() const
{
    return payload.size() < 2 ? 0 : qFromBigEndian<quint16>(payload.constData());
}

QByteArray RawWebSocket::upgradeRequest(quint16 port, const QByteArray& path, const QByteArray& headers)
{
    return "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(port) +
           "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
           "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
           headers + "\r\n";
}

RawWebSocket::RawWebSocket(quint16 port, const QByteArray& path, const QByteArray& headers,
                           const QHostAddress& from)
    : m_raw(port, from)
{
    m_raw.write(upgradeRequest(port, path, headers));
    m_handshake = m_raw.readResponse();
}

QByteArray RawWebSocket::encode(int opcode, const QByteArray& payload)
{
    QByteArray frame;
    frame += char(0x80 | opcode);
    if (payload.size() < 126) {
        frame += char(0x80 | payload.size());
    } else if (payload.size() < 65'536) {
        frame += char(0x80 | 126);
        frame += char(payload.size() >> 8);
        frame += char(payload.size());
    } else {
        frame += char(0x80 | 127);
        for (int shift = 56; shift >= 0; shift -= 8)
            frame += char(quint64(payload.size()) >> shift);
    }
    frame += QByteArray(4, '\0'); // a mask that changes nothing
    return frame + payload;
}

std::optional<RawWebSocket::Frame> RawWebSocket::read(int timeoutMs)
{
    const QDeadlineTimer deadline(timeoutMs);
    while (true) {
        if (auto frame = take())
            return frame;
        const QByteArray more = m_raw.readAtLeast(1, int(deadline.remainingTime()));
        if (more.isEmpty())
            return std::nullopt;
        m_buffer += more;
    }
}

std::optional<RawWebSocket::Frame> RawWebSocket::take()
{
    if (m_buffer.size() < 2)
        return std::nullopt;
    qsizetype at = 2;
    quint64 size = quint8(m_buffer[1]) & 0x7f;
    const qsizetype extra = size == 126 ? 2 : size == 127 ? 8 : 0;
    if (m_buffer.size() < at + extra)
        return std::nullopt;
    if (extra == 2)
        size = qFromBigEndian<quint16>(m_buffer.constData() + at);
    else if (extra == 8)
        size = qFromBigEndian<quint64>(m_buffer.constData() + at);
    at += extra;
    if (quint64(m_buffer.size() - at) < size)
        return std::nullopt;
    Frame frame{m_buffer[0] & 0x0f, m_buffer.mid(at, qsizetype(size))};
    m_buffer.remove(0, at + qsizetype(size));
    return frame;
}

} // namespace prism::test
