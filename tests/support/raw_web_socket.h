#pragma once

#include "tests/support/raw_socket.h"

#include <optional>

namespace prism::test {

/// A WebSocket spoken by hand, frame by frame, blocking: for clients that stall, break rules or look at
/// control frames. Needs no event loop.
class RawWebSocket
{
public:
    struct Frame
    {
        int opcode = 0; ///< 1 text, 2 binary, 8 close, 9 ping, 10 pong
        QByteArray payload;

        QJsonObject json() const;
        int closeCode() const; ///< of a close frame; 0 when it has none
    };

    /// What a client writes to ask for the upgrade, and to send one frame.
    static QByteArray upgradeRequest(quint16 port, const QByteArray& path = "/ws",
                                     const QByteArray& headers = {});
    static QByteArray encode(int opcode, const QByteArray& payload);

    /// Asks for the upgrade; handshake() has the answer. `headers` follow the usual ones. From
    /// another address than 127.0.0.1 where one is given.
    explicit RawWebSocket(quint16 port, const QByteArray& path = "/ws", const QByteArray& headers = {},
                          const QHostAddress& from = QHostAddress());

    const HttpResponse& handshake() const { return m_handshake; }

    void send(int opcode, const QByteArray& payload) { m_raw.write(encode(opcode, payload)); }

    /// The next frame; nothing when none came before the deadline or the connection ended.
    std::optional<Frame> read(int timeoutMs = 5'000);

    RawSocket& raw() { return m_raw; }

private:
    std::optional<Frame> take();

    RawSocket m_raw;
    HttpResponse m_handshake;
    QByteArray m_buffer;
};

} // namespace prism::test
