#include "server/realtime/stream_socket.h"

#include <algorithm>

namespace prism::realtime {

namespace {

constexpr QIODevice::OpenMode bothWays = QIODevice::ReadWrite | QIODevice::Unbuffered;

} // namespace

StreamSocket::StreamSocket(io::Stream& stream)
    : m_stream(stream)
{
    setOpenMode(bothWays);
    setSocketState(ConnectedState);
    setPeerAddress(stream.peer());
    connect(&m_stream, &io::Stream::closed, this, &StreamSocket::end);
}

void StreamSocket::give(QByteArrayView bytes)
{
    m_given.append(bytes.data(), bytes.size());
    emit readyRead();
}

/// A device has buffers for what it is open for.
void StreamSocket::releaseBuffers()
{
    if (!isOpen() || QTcpSocket::bytesAvailable() > 0)
        return;
    setOpenMode(WriteOnly | Unbuffered);
    setOpenMode(bothWays);
}

void StreamSocket::disconnectFromHost()
{
    if (state() == UnconnectedState || state() == ClosingState)
        return;
    m_given.clear();
    m_stream.finish();
    enter(ClosingState);
}

void StreamSocket::end()
{
    if (state() == UnconnectedState)
        return;
    m_stream.close();
    enter(UnconnectedState);
    emit disconnected();
}

void StreamSocket::enter(SocketState state)
{
    setSocketState(state);
    emit stateChanged(state);
}

qint64 StreamSocket::readData(char* data, qint64 maxSize)
{
    const auto size = std::min<qint64>(maxSize, m_given.size());
    std::copy_n(m_given.constData(), size, data);
    return skipData(size);
}

qint64 StreamSocket::skipData(qint64 maxSize)
{
    const auto size = std::min<qint64>(maxSize, m_given.size());
    if (size == m_given.size())
        m_given.clear();
    else
        m_given.remove(0, size);
    return size;
}

qint64 StreamSocket::writeData(const char* data, qint64 size)
{
    if (!m_stream.isOpen())
        return -1;
    m_stream.write(QByteArray(data, size));
    return size;
}

} // namespace prism::realtime
