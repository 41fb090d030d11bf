#include "shared/protocol/web_socket_reader.h"

#include <QtEndian>

#include <algorithm>
#include <utility>

namespace prism::protocol {

namespace {

constexpr quint8 reservedBits = 0x70;
constexpr quint8 maskBit = 0x80;
constexpr quint8 lengthBits = 0x7F;
constexpr quint8 twoBytes = 126; ///< of length follow
constexpr qsizetype keySize = 4;

} // namespace

int WebSocketMessage::closeCode() const
{
    return payload.size() < 2 ? close_code::noCode : qFromBigEndian<quint16>(payload.constData());
}

QString WebSocketMessage::closeReason() const
{
    return QString::fromUtf8(payload.sliced(std::min<qsizetype>(2, payload.size())));
}

WebSocketReader::WebSocketReader(Peer peer, qint64 messageBytes)
    : m_peer(peer)
    , m_messageBytes(messageBytes)
{
}

WebSocketReader::Step WebSocketReader::read(QByteArrayView& bytes)
{
    while (m_headRead < headSize()) {
        if (bytes.isEmpty())
            return Step::NeedsMore;
        if (!readHead(bytes))
            return Step::Fault;
    }
    const auto size = qsizetype(std::min<quint64>(m_length - m_read, quint64(bytes.size())));
    if (!takePayload(std::exchange(bytes, bytes.sliced(size)).first(size)))
        return Step::Fault;
    return m_read < m_length ? Step::NeedsMore : endFrame();
}

/// Of a head of which nothing is read its first two bytes are known to follow.
qsizetype WebSocketReader::lengthSize() const
{
    const quint8 length = quint8(m_head[1]) & lengthBits;
    return m_headRead < 2 || length < twoBytes ? 0 : length == twoBytes ? 2 : 8;
}

qsizetype WebSocketReader::headSize() const
{
    return 2 + lengthSize() + (m_peer == Peer::Client ? keySize : 0);
}

/// One byte of it.
bool WebSocketReader::readHead(QByteArrayView& bytes)
{
    m_head[std::size_t(m_headRead++)] = bytes.front();
    bytes = bytes.sliced(1);
    if (m_headRead == 1)
        return checkOpcode();
    if (m_headRead == 2 && ((quint8(m_head[1]) & maskBit) != 0) != (m_peer == Peer::Client))
        return refuse(close_code::protocolError, m_peer == Peer::Client ? "a client's frames must be masked"
                                                                        : "a server's frames are not masked");
    if (isControl() && lengthSize() > 0)
        return refuse(close_code::protocolError, "a control frame is short");
    return m_headRead != 2 + lengthSize() || checkLength();
}

bool WebSocketReader::checkOpcode()
{
    if ((quint8(m_head[0]) & reservedBits) != 0)
        return refuse(close_code::protocolError, "a reserved bit is set");
    switch (opcode()) {
    case Opcode::Continuation:
        return m_begun || refuse(close_code::protocolError, "there is nothing to continue");
    case Opcode::Text:
    case Opcode::Binary:
        if (m_begun)
            return refuse(close_code::protocolError, "the message before is not over");
        m_begun = opcode();
        m_text = {};
        return true;
    case Opcode::Close:
    case Opcode::Ping:
    case Opcode::Pong:
        return isFinal() || refuse(close_code::protocolError, "a control frame cannot be fragmented");
    }
    return refuse(close_code::protocolError, "the opcode is reserved");
}

/// A length that has not arrived yet passes; it is looked at again when it has.
bool WebSocketReader::checkLength()
{
    const char* const digits = m_head.data() + 2;
    m_read = 0;
    switch (lengthSize()) {
    case 0:
        m_length = quint8(m_head[1]) & lengthBits;
        break;
    case 2:
        m_length = qFromBigEndian<quint16>(digits);
        if (m_length < twoBytes)
            return refuse(close_code::protocolError, "the length takes more bytes than it needs");
        break;
    default:
        m_length = qFromBigEndian<quint64>(digits);
        if (m_length >> 63 != 0)
            return refuse(close_code::protocolError, "the length's highest bit is set");
        if (m_length <= 0xFFFF)
            return refuse(close_code::protocolError, "the length takes more bytes than it needs");
        break;
    }
    return isControl() || m_length <= quint64(m_messageBytes) - quint64(m_data.size()) ||
           refuse(close_code::tooBig, "the message is too big");
}

bool WebSocketReader::takePayload(QByteArrayView piece)
{
    if (piece.isEmpty())
        return true;
    QByteArray& target = isControl() ? m_control : m_data;
    const qsizetype from = target.size();
    target.append(piece.data(), piece.size());
    if (m_peer == Peer::Client) {
        const char* const key = m_head.data() + 2 + lengthSize();
        char* const bytes = target.data() + from;
        for (qsizetype i = 0; i < piece.size(); ++i)
            bytes[i] = char(bytes[i] ^ key[(m_read + quint64(i)) % keySize]);
    }
    m_read += quint64(piece.size());
    const bool isText = !isControl() && m_begun == Opcode::Text;
    return !isText || m_text.accept(QByteArrayView(target).sliced(from)) ||
           refuse(close_code::notText, "the text is not UTF-8");
}

WebSocketReader::Step WebSocketReader::endFrame()
{
    m_headRead = 0;
    if (isControl()) {
        m_message = {opcode(), std::exchange(m_control, {})};
        return result(opcode() != Opcode::Close || endClose(), Step::Message);
    }
    if (!isFinal())
        return Step::Frame;
    if (m_begun == Opcode::Text && !m_text.isComplete())
        return result(refuse(close_code::notText, "the text ends within a character"), Step::Message);
    m_message = {*std::exchange(m_begun, std::nullopt), std::exchange(m_data, {})};
    return Step::Message;
}

bool WebSocketReader::endClose()
{
    const QByteArray& payload = m_message.payload;
    if (payload.isEmpty())
        return true;
    if (payload.size() < 2 || !isCloseCode(m_message.closeCode()))
        return refuse(close_code::protocolError, "the close code is none");
    Utf8Checker reason;
    return (reason.accept(QByteArrayView(payload).sliced(2)) && reason.isComplete()) ||
           refuse(close_code::notText, "the reason is not UTF-8");
}

bool WebSocketReader::refuse(int code, const char* reason)
{
    m_fault = {code, QString::fromLatin1(reason)};
    return false;
}

} // namespace prism::protocol
