#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <optional>

namespace prism::protocol {

/// What a WebSocket frame is (RFC 6455, section 5.2).
enum class Opcode : quint8 {
    Continuation = 0,
    Text = 1,
    Binary = 2,
    Close = 8,
    Ping = 9,
    Pong = 10,
};

/// Close codes that both sides speak of (RFC 6455, section 7.4.1, and contract's own from 4000 on).
namespace close_code {
inline constexpr int normal = 1000;
inline constexpr int goingAway = 1001;
inline constexpr int protocolError = 1002;
inline constexpr int noCode = 1005;   ///< never sent: the peer's close frame had none
inline constexpr int abnormal = 1006; ///< never sent: there was no close frame
inline constexpr int notText = 1007;
inline constexpr int notAllowed = 1008;
inline constexpr int tooBig = 1009;
inline constexpr int tooSlow = 4008;
inline constexpr int tooMuch = 4029;
} // namespace close_code

/// Whether a close frame may carry the code.
bool isCloseCode(int code);

/// One whole frame. A client's is masked with a key that nobody can foresee, a server's is not.
QByteArray webSocketFrame(Opcode opcode, QByteArrayView payload, std::optional<quint32> mask = {});

/// What a close frame carries. Of a reason that is too long for it only the beginning is taken.
QByteArray closePayload(int code, const QString& reason);

} // namespace prism::protocol
