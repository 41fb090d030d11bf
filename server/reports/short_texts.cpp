#include "server/reports/short_texts.h"

#include <algorithm>

namespace prism::reports {

namespace {

/// The unit of UTF-16 that is escaped there, 0 where there is none.
ushort escapedUnit(QByteArrayView text)
{
    constexpr qsizetype length = 6;
    return text.size() >= length && text.startsWith("\\u") ? text.sliced(2, 4).toUShort(nullptr, 16) : 0;
}

/// How many bytes the character there takes.
qsizetype lengthOfCharacter(QByteArrayView text)
{
    const auto first = uchar(text.front());
    if (first == '\\') {
        if (text.size() < 2 || text[1] != 'u')
            return 2;
        const bool isPair =
            QChar::isHighSurrogate(escapedUnit(text)) && QChar::isLowSurrogate(escapedUnit(text.sliced(6)));
        return isPair ? 12 : 6;
    }
    return first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

} // namespace

QByteArray withShortTexts(const QByteArray& json, qsizetype longest)
{
    QByteArray kept;
    qsizetype taken = 0;
    for (qsizetype at = 0; at < json.size(); ++at) {
        if (json[at] != '"')
            continue;
        qsizetype end = 0;
        ++at;
        for (qsizetype characters = 0; at < json.size() && json[at] != '"'; ++characters) {
            if (characters == longest)
                end = at;
            at += lengthOfCharacter(QByteArrayView(json).sliced(at));
        }
        if (end == 0)
            continue;
        kept += QByteArrayView(json).sliced(taken, end - taken);
        taken = std::min(at, json.size());
    }
    return taken == 0 ? json : kept + json.sliced(taken);
}

} // namespace prism::reports
