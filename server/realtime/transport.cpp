#include "server/realtime/transport.h"

namespace prism::realtime {

Transport::Transport()
{
    connect(this, &QTcpSocket::bytesWritten, this, [this] {
        if (bytesToWrite() == 0)
            emit drained();
    });
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
