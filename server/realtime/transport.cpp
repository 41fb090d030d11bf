#include "server/realtime/transport.h"

namespace prism::realtime {

Transport::Transport()
{
    connect(this, &QTcpSocket::bytesWritten, this, [this] {
        if (bytesToWrite() == 0)
            emit drained();
    });
}

qint64 Transport::writeData(const char* data, qint64 size)
{
    const qint64 written = QTcpSocket::writeData(data, size);
    if (bytesToWrite() > 0)
        emit keeping();
    return written;
}

} // namespace prism::realtime
