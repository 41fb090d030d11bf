#pragma once

#include <QHostAddress>
#include <QTcpSocket>

namespace prism::realtime {

/// The TCP socket under a WebSocket. Says when bytes wait in its buffer and when none do any more, for
/// whoever writes past that buffer. Lives on one thread.
class Transport : public QTcpSocket
{
    Q_OBJECT

public:
    Transport();

    /// Numbers it by way of its peer's address: of the socket under it a QWebSocket tells no more. What the
    /// kernel says is no number, as one client that has gone is like another.
    void setNumber(quint64 number);

    /// The number such an address stands for; 0 when it is none, as after the connection's end.
    static quint64 numberOf(const QHostAddress& peer);

    /// Gives back the buffers that nothing waits in. A QTcpSocket keeps them once they were used: 16 KiB for
    /// reading, 32 for writing, of each silent client.
    void releaseBuffers();

signals:
    /// Something was written, by anybody, and waits to be sent with what waited before.
    void keeping();

    /// All that waited was sent.
    void drained();

protected:
    qint64 writeData(const char* data, qint64 size) override;
};

} // namespace prism::realtime
