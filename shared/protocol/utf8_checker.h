#pragma once

#include <QByteArrayView>

namespace prism::protocol {

/// Whether bytes are UTF-8 (RFC 3629), of text that comes in pieces cut anywhere: says no at the first byte
/// that cannot belong to any text. A value.
class Utf8Checker
{
public:
    /// Looks at the next piece; false when no text has it here. Not to be asked any more then.
    bool accept(QByteArrayView piece);

    /// Whether the text may end here, which it may not within a character.
    bool isComplete() const { return m_missing == 0; }

private:
    bool begin(quint8 byte);

    int m_missing = 0;      ///< bytes of the character that was begun
    quint8 m_lowest = 0x80; ///< of the next of them
    quint8 m_highest = 0xBF;
};

} // namespace prism::protocol
