#pragma once

#include "shared/protocol/utf8_checker.h"
#include "shared/protocol/web_socket_frame.h"

#include <array>
#include <optional>

namespace prism::protocol {

/// What one end of a WebSocket said: a text or binary message whose fragments are joined, or a control frame.
struct WebSocketMessage
{
    Opcode opcode = Opcode::Text;
    QByteArray payload; ///< not masked; of a Text, valid UTF-8

    /// Of a Close: what the peer gave; noCode when it gave none.
    int closeCode() const;
    QString closeReason() const;
};

/// How a peer broke the protocol, as the close frame that answers it says.
struct WebSocketFault
{
    int code = close_code::protocolError;
    QString reason;
};

/// Reads the frames of one direction of a WebSocket as RFC 6455 has them, in whatever pieces they arrive:
/// joins fragments, takes the mask off, and refuses what section 5 forbids as soon as it is seen. Keeps no
/// more than the message that was begun. A value, of whichever thread has it.
class WebSocketReader
{
public:
    /// Whose frames are read: a client's are masked, a server's are not.
    enum class Peer { Client, Server };

    /// A message over `messageBytes`, whatever its fragments, is a fault (1009).
    WebSocketReader(Peer peer, qint64 messageBytes);

    enum class Step {
        NeedsMore, ///< all bytes are taken, in the middle of a frame
        Frame,     ///< a frame has ended and its message has not
        Message,   ///< see message()
        Fault,     ///< see fault(); nothing is to be read any more
    };

    /// Takes bytes from the front of `bytes`, to the end of one frame at most. There must be one at least.
    Step read(QByteArrayView& bytes);

    /// What the last step brought. To be taken before the next.
    WebSocketMessage takeMessage() { return std::move(m_message); }

    const WebSocketFault& fault() const { return m_fault; }

private:
    bool readHead(QByteArrayView& bytes);
    bool checkOpcode();
    bool checkLength();
    bool takePayload(QByteArrayView piece);
    Step endFrame();
    bool endClose();
    bool refuse(int code, const char* reason);
    Step result(bool isFine, Step step) const { return isFine ? step : Step::Fault; }

    Opcode opcode() const { return Opcode(quint8(m_head[0]) & 0x0F); }
    bool isControl() const { return (quint8(m_head[0]) & 0x08) != 0; }
    bool isFinal() const { return (quint8(m_head[0]) & 0x80) != 0; }
    qsizetype lengthSize() const;
    qsizetype headSize() const;

    const Peer m_peer;
    const qint64 m_messageBytes;
    std::array<char, 14> m_head{};
    qsizetype m_headRead = 0;
    quint64 m_length = 0;          ///< of the frame's payload
    quint64 m_read = 0;            ///< of it
    std::optional<Opcode> m_begun; ///< the message whose fragments are being read
    Utf8Checker m_text;            ///< of it
    QByteArray m_data;             ///< of it
    QByteArray m_control;
    WebSocketMessage m_message;
    WebSocketFault m_fault;
};

} // namespace prism::protocol
