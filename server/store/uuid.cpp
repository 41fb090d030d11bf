#include "server/store/uuid.h"

#include <QRandomGenerator>

namespace prism::store {

QString makeUuidV7(std::chrono::system_clock::time_point instant)
{
    using std::chrono::duration_cast;
    const auto sinceEpoch = instant.time_since_epoch();
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

QByteArray uuidBytes(QStringView text)
{
    constexpr qsizetype withHyphens = 36;
    constexpr qsizetype digitsOnly = 32;
    if (text.size() != withHyphens && text.size() != digitsOnly)
        return {};
    QByteArray bytes;
    bytes.reserve(16);
    int high = -1;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char16_t unit = text[i].unicode();
        const bool hyphenPlace = text.size() == withHyphens && (i == 8 || i == 13 || i == 18 || i == 23);
        if (hyphenPlace && unit == u'-')
            continue;
        int digit = -1;
        if (unit >= u'0' && unit <= u'9')
            digit = unit - u'0';
        else if (unit >= u'a' && unit <= u'f')
            digit = unit - u'a' + 10;
        if (digit < 0 || hyphenPlace)
            return {};
        if (high < 0) {
            high = digit;
        } else {
            bytes.append(char((high << 4) | digit));
            high = -1;
        }
    }
    return bytes;
}

} // namespace prism::store
