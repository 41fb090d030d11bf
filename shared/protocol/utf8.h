#pragma once

#include <QString>
#include <QStringDecoder>

namespace prism::protocol {

/// How many bytes the character has that begins with these, by table 3-7 of the Unicode standard; 0 where
/// they are none: overlong, half a surrogate pair, beyond U+10FFFF, or cut off.
inline int lengthOfCharacter(const char* at, const char* end)
{
    const auto byte = [at](int index) { return static_cast<unsigned char>(at[index]); };
    const auto lead = byte(0);
    const int length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
    if (length == 0 || end - at < length)
        return 0;
    const unsigned char lowest = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    const unsigned char highest = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (byte(1) < lowest || byte(1) > highest)
        return 0;
    for (int i = 2; i < length; ++i) {
        if (byte(i) < 0x80 || byte(i) > 0xBF)
            return 0;
    }
    return length;
}

/// The text that was encoded as these bytes. QString::fromUtf8() takes a U+FEFF at the start for a mark of
/// the encoding and drops it, which makes two different texts the same one.
inline QString textOfUtf8(QByteArrayView bytes)
{
    if (!bytes.startsWith("\xEF\xBB\xBF"))
        return QString::fromUtf8(bytes.data(), bytes.size());
    using Flag = QStringConverter::Flag;
    return QStringDecoder(QStringDecoder::Utf8, Flag::Stateless | Flag::ConvertInitialBom)(bytes);
}

} // namespace prism::protocol
