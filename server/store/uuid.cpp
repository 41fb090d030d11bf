#include "server/store/uuid.h"

#include <QRandomGenerator>

#include <chrono>

namespace prism::store {

QString makeUuidV7()
{
    using std::chrono::duration_cast;
    const auto sinceEpoch = std::chrono::system_clock::now().time_since_epoch();
    const auto ms = duration_cast<std::chrono::milliseconds>(sinceEpoch);
    const auto rest = duration_cast<std::chrono::nanoseconds>(sinceEpoch - ms);
    const quint64 fraction = quint64(rest.count()) * 4096 / 1'000'000;
    const quint64 high = (quint64(ms.count()) << 16) | 0x7000U | fraction;
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
