#pragma once

#include <QByteArray>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <deque>

class QTcpSocket;

namespace prism::test {

class FaultyNetwork;

/// One connection through a FaultyNetwork: owns both ends and what is on its way between them. Deletes itself
/// when the connection is over.
class NetworkLink : public QObject
{
    Q_OBJECT

public:
    /// Takes the client's end and connects to the server's `port`. apply() belongs after it.
    NetworkLink(QTcpSocket* client, quint16 port, FaultyNetwork& network);

    /// Looks at the network's present faults again.
    void apply();

private:
    using Clock = std::chrono::steady_clock;

    struct Chunk
    {
        Clock::time_point due;
        QByteArray bytes;
    };

    struct Way
    {
        QTcpSocket* from = nullptr;
        QTcpSocket* to = nullptr;
        std::deque<Chunk> chunks = {};
        Clock::time_point free = {}; ///< when the next byte may pass, at a bounded rate
    };

    void take(Way& way);
    void pass();
    void pass(Way& way, qint64 bytesPerSecond);
    void end();
    bool isOver() const;

    FaultyNetwork& m_network;
    QTcpSocket* m_client;
    QTcpSocket* m_server;
    Way m_up;
    Way m_down;
    QTimer m_timer;
    bool m_known = false;   ///< the first request told what this connection is for
    bool m_session = false; ///< WebSocket
    bool m_troubled = false;
};

} // namespace prism::test
