#include "shared/protocol/web_socket_frame.h"

#include <QtEndian>

#include <algorithm>
#include <array>

namespace prism::protocol {

namespace {

constexpr quint8 finalBit = 0x80;
constexpr quint8 maskedBit = 0x80;
constexpr qsizetype longestControl = 125;

template <typename T>
void appendNumber(QByteArray& bytes, T number)
{
    std::array<char, sizeof number> digits{};
    qToBigEndian(number, digits.data());
    bytes.append(digits.data(), qsizetype(digits.size()));
}

} // namespace

/// 1004 to 1006 and 1015 are for those who tell of an end, not for frames; up to 1014 the registry has the
/// rest.
bool isCloseCode(int code)
{
    return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
}

QByteArray webSocketFrame(Opcode opcode, QByteArrayView payload, std::optional<quint32> mask)
{
    constexpr qsizetype longestHead = 14;
    const quint8 maskBit = mask ? maskedBit : 0;
    QByteArray frame;
    frame.reserve(payload.size() + longestHead);
    frame.append(char(finalBit | quint8(opcode)));
    if (payload.size() < 126) {
        frame.append(char(maskBit | quint8(payload.size())));
    } else if (payload.size() <= 0xFFFF) {
        frame.append(char(maskBit | 126));
        appendNumber(frame, quint16(payload.size()));
    } else {
        frame.append(char(maskBit | 127));
        appendNumber(frame, quint64(payload.size()));
    }
    if (!mask)
        return frame.append(payload.data(), payload.size());
    appendNumber(frame, *mask);
    const qsizetype key = frame.size() - qsizetype(sizeof *mask);
    for (qsizetype i = 0; i < payload.size(); ++i)
        frame.append(char(payload[i] ^ frame.at(key + i % 4)));
    return frame;
}

QByteArray closePayload(int code, const QString& reason)
{
    QByteArray payload;
    appendNumber(payload, quint16(code));
    QByteArray text = reason.toUtf8();
    qsizetype end = std::min(text.size(), longestControl - payload.size());
    const auto isWithinCharacter = [&] { return end < text.size() && (quint8(text.at(end)) & 0xC0) == 0x80; };
    while (isWithinCharacter())
        --end;
    return payload + text.first(end);
}

} // namespace prism::protocol
