#include "server/realtime/transport.h"

#include <QtEndian>

namespace prism::realtime {

Transport::Transport()
{
    connect(this, &QTcpSocket::bytesWritten, this, [this] {
        if (bytesToWrite() == 0)
            emit drained();
    });
}

void Transport::setNumber(quint64 number)
{
    Q_IPV6ADDR address{};
    qToBigEndian(number, &address.c[8]);
    setPeerAddress(QHostAddress(address));
}

quint64 Transport::numberOf(const QHostAddress& peer)
{
    if (peer.protocol() != QAbstractSocket::IPv6Protocol)
        return 0;
    const Q_IPV6ADDR address = peer.toIPv6Address();
    return qFromBigEndian<quint64>(&address.c[8]);
}

/// A device has buffers for what it is open for. One that was closed still sends what waits.
void Transport::releaseBuffers()
{
    const OpenMode mode = openMode();
    if (mode == NotOpen)
        return;
    OpenMode used = mode;
    used.setFlag(ReadOnly, bytesAvailable() > 0);
    used.setFlag(WriteOnly, bytesToWrite() > 0);
    setOpenMode(used);
    setOpenMode(mode);
}

qint64 Transport::writeData(const char* data, qint64 size)
{
    const qint64 written = QTcpSocket::writeData(data, size);
    if (bytesToWrite() > 0)
        emit keeping();
    return written;
}

} // namespace prism::realtime
