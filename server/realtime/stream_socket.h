#pragma once

#include "server/io/stream.h"

#include <QTcpSocket>

namespace prism::realtime {

/// A QTcpSocket without a socket: reads what it is given, and writes to an io::Stream, which it borrows.
/// QtWebSockets takes nothing but a QTcpSocket; so that it goes the way that everything goes, and reads only
/// what was looked at, this one has no descriptor. Lives on one thread.
///
/// What it works around:
/// - The state of a QAbstractSocket follows its engine, which there is none of: it is set, and told, here.
/// - QIODevice buffers what it reads in pieces of 16 KiB, and keeps them: it is opened unbuffered, and
///   releaseBuffers() gives back what was used all the same.
/// - abort() and close() cannot be told apart from within: end() is there for the first.
class StreamSocket : public QTcpSocket
{
    Q_OBJECT

public:
    explicit StreamSocket(io::Stream& stream);

    /// Gives the next bytes to be read, and says that they are there.
    void give(QByteArrayView bytes);

    /// Gives back what peeking left behind.
    void releaseBuffers();

    /// Closes the stream at once; disconnected() is emitted, once.
    void end();

    /// None once it is closed: QWebSocket reads on while there are any.
    qint64 bytesAvailable() const override
    {
        return isOpen() ? QTcpSocket::bytesAvailable() + m_given.size() : 0;
    }
    qint64 bytesToWrite() const override { return m_stream.unsent(); }

    /// Ends as io::Stream::finish() does; disconnected() follows. Nothing more can be read.
    void disconnectFromHost() override;

protected:
    qint64 readData(char* data, qint64 maxSize) override;
    qint64 skipData(qint64 maxSize) override;
    qint64 writeData(const char* data, qint64 size) override;

private:
    void enter(SocketState state);

    io::Stream& m_stream;
    QByteArray m_given; ///< and not read yet
};

} // namespace prism::realtime
