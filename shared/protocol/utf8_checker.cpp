#include "shared/protocol/utf8_checker.h"

namespace prism::protocol {

namespace {

constexpr quint8 lowestContinuation = 0x80;
constexpr quint8 highestContinuation = 0xBF;

} // namespace

bool Utf8Checker::accept(QByteArrayView piece)
{
    for (const char each : piece) {
        const auto byte = quint8(each);
        if (m_missing == 0) {
            if (byte >= lowestContinuation && !begin(byte))
                return false;
            continue;
        }
        if (byte < m_lowest || byte > m_highest)
            return false;
        m_lowest = lowestContinuation;
        m_highest = highestContinuation;
        --m_missing;
    }
    return true;
}

/// RFC 3629, section 4: what follows the first byte excludes longer forms than needed, surrogates, and what
/// is beyond U+10FFFF.
bool Utf8Checker::begin(quint8 byte)
{
    if (byte < 0xC2 || byte > 0xF4)
        return false;
    m_missing = byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3;
    m_lowest = byte == 0xE0 ? 0xA0 : byte == 0xF0 ? 0x90 : lowestContinuation;
    m_highest = byte == 0xED ? 0x9F : byte == 0xF4 ? 0x8F : highestContinuation;
    return true;
}

} // namespace prism::protocol
