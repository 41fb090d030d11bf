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
    emit keeping();
    return QTcpSocket::writeData(data, size);
}

} // namespace prism::realtime
