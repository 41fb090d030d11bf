#include "server/api/cell_text.h"

#include <algorithm>

namespace prism::api {

namespace {

constexpr qsizetype longestCell = 32'767;

bool isHexDigit(QChar c)
{
    return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f') || (c >= u'A' && c <= u'F');
}

/// "_xHHHH_"
bool beginsWithEscape(QStringView text)
{
    constexpr qsizetype length = 7;
    return text.size() >= length && text.startsWith(u"_x") && text[length - 1] == u'_' &&
           std::all_of(text.begin() + 2, text.begin() + length - 1, isHexDigit);
}

bool isForbidden(char16_t unit)
{
    return (unit < u' ' && unit != u'\t' && unit != u'\n') || unit >= 0xfffe;
}

/// What becomes of the character at `at`, which is moved behind it.
QString cellCharacter(QStringView text, qsizetype& at)
{
    const QChar first = text[at];
    if (first == u'_' && beginsWithEscape(text.sliced(at))) {
        ++at;
        return QStringLiteral("_x005F_");
    }
    ++at;
    const bool hasNext = at < text.size();
    if (first == u'\r') {
        at += hasNext && text[at] == u'\n' ? 1 : 0;
        return QStringLiteral("\n");
    }
    if (first.isHighSurrogate() && hasNext && text[at].isLowSurrogate())
        return QString(first) + text[at++];
    return first.isSurrogate() || isForbidden(first.unicode()) ? QString(QChar::ReplacementCharacter)
                                                               : QString(first);
}

} // namespace

QString cellText(QStringView text)
{
    QString cell;
    for (qsizetype at = 0; at < text.size();) {
        const QString next = cellCharacter(text, at);
        if (cell.size() + next.size() > longestCell)
            break;
        cell += next;
    }
    return cell;
}

} // namespace prism::api
