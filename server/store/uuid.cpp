#include "server/store/uuid.h"

#include "shared/protocol/timestamp.h"

#include <QRandomGenerator>

#include <array>

namespace prism::store {

QString makeUuidV7()
{
    const quint64 ms = quint64(protocol::toMillis(protocol::now()));
    const quint64 high = (ms << 16) | 0x7000U | (QRandomGenerator::global()->generate64() & 0x0FFFU);
    const quint64 low =
        (QRandomGenerator::global()->generate64() & 0x3FFF'FFFF'FFFF'FFFFU) | 0x8000'0000'0000'0000U;

    constexpr char digits[] = "0123456789abcdef";
    QString text(36, QLatin1Char('-'));
    qsizetype at = 0;
    for (int nibble = 0; nibble < 32; ++nibble) {
        if (nibble == 8 || nibble == 12 || nibble == 16 || nibble == 20)
            ++at;
        const quint64 half = nibble < 16 ? high : low;
        text[at++] = QLatin1Char(digits[(half >> (60 - 4 * (nibble % 16))) & 0xFU]);
    }
    return text;
}

} // namespace prism::store
