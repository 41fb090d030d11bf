#pragma once

#include <QTcpSocket>

namespace prism::realtime {

/// The TCP socket under a WebSocket. Says when bytes wait in its buffer and when none do any more, for
/// whoever writes past that buffer. Lives on one thread.
class Transport : public QTcpSocket
{
    Q_OBJECT

public:
    Transport();

signals:
    /// Something was written, by anybody, and waits to be sent with what waited before.
    void keeping();

    /// All that waited was sent.
    void drained();

protected:
    qint64 writeData(const char* data, qint64 size) override;
};

} // namespace prism::realtime
