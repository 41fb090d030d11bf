#include "shared/protocol/text.h"

#include <algorithm>
#include <array>

namespace prism::protocol {

namespace {

bool isWithin(char32_t code, char32_t first, char32_t last)
{
    return code >= first && code <= last;
}

/// What is no control or format character and leaves no mark all the same: Unicode's other
/// Default_Ignorable_Code_Point, and the Braille pattern without dots.
bool isFiller(char32_t code)
{
    return code == 0x034F || isWithin(code, 0x115F, 0x1160) || isWithin(code, 0x17B4, 0x17B5) ||
           isWithin(code, 0x180B, 0x180F) || code == 0x2065 || code == 0x2800 || code == 0x3164 ||
           isWithin(code, 0xFE00, 0xFE0F) || code == 0xFFA0 || isWithin(code, 0xFFF0, 0xFFF8) ||
           isWithin(code, 0xE0000, 0xE0FFF);
}

/// Whether it may become one with the character before it, or take a place among those.
bool joinsBefore(char32_t code)
{
    return QChar::isMark(code) || QChar::combiningClass(code) != 0 || isWithin(code, 0x1160, 0x11FF);
}

/// Piece by piece: a piece ends before what joins nothing, or within a run of marks that nobody writes.
QString normalized(const QString& text, QString::NormalizationForm form)
{
    constexpr qsizetype usualPiece = 512;
    constexpr int mostMarks = 30;
    if (text.size() <= mostMarks)
        return text.normalized(form);
    QString whole;
    qsizetype begin = 0;
    int marks = 0;
    for (qsizetype i = 0; i < text.size();) {
        const bool isPair = text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
        const char32_t code =
            isPair ? QChar::surrogateToUcs4(text[i], text[i + 1]) : char32_t(text[i].unicode());
        const bool joins = joinsBefore(code);
        marks = joins ? marks + 1 : 0;
        if (marks > mostMarks || (!joins && i - begin >= usualPiece)) {
            whole += text.mid(begin, i - begin).normalized(form);
            begin = i;
            marks = 0;
        }
        i += isPair ? 2 : 1;
    }
    return whole + text.mid(begin).normalized(form);
}

bool isInvisible(char32_t code)
{
    const QChar::Category category = QChar::category(code);
    return QChar::isSpace(code) || category == QChar::Other_Control || category == QChar::Other_Format ||
           isFiller(code);
}

bool isAscii(QStringView text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c.unicode() < 0x80; });
}

/// Letters that fold to several, which QString does not know, without those that come apart by themselves.
constexpr std::array<std::pair<char16_t, QStringView>, 17> longerFoldings{{
    {u'\u00DF', u"ss"},
    {u'\u1E9E', u"ss"},
    {u'\u0149', u"\u02BCn"},
    {u'\u0587', u"\u0565\u0582"},
    {u'\u1E9A', u"a\u02BE"},
    {u'\uFB00', u"ff"},
    {u'\uFB01', u"fi"},
    {u'\uFB02', u"fl"},
    {u'\uFB03', u"ffi"},
    {u'\uFB04', u"ffl"},
    {u'\uFB05', u"st"},
    {u'\uFB06', u"st"},
    {u'\uFB13', u"\u0574\u0576"},
    {u'\uFB14', u"\u0574\u0565"},
    {u'\uFB15', u"\u0574\u056B"},
    {u'\uFB16', u"\u057E\u0576"},
    {u'\uFB17', u"\u0574\u056D"},
}};

} // namespace

qsizetype charactersIn(QStringView text)
{
    qsizetype count = text.size();
    for (qsizetype i = 1; i < text.size(); ++i)
        count -= text[i].isLowSurrogate() && text[i - 1].isHighSurrogate() ? 1 : 0;
    return count;
}

QString firstCharacters(const QString& text, qsizetype count)
{
    qsizetype end = 0;
    for (qsizetype i = 0; i < count && end < text.size(); ++i) {
        const bool isPair =
            text[end].isHighSurrogate() && end + 1 < text.size() && text[end + 1].isLowSurrogate();
        end += isPair ? 2 : 1;
    }
    return text.left(end);
}

QString composed(const QString& text)
{
    return normalized(text, QString::NormalizationForm_C);
}

QString decomposed(const QString& text)
{
    return normalized(text, QString::NormalizationForm_D);
}

QString cleaned(const QString& text)
{
    return composed(text.trimmed());
}

bool isBlank(QStringView text)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        char32_t code = text[i].unicode();
        if (QChar::isHighSurrogate(code) && i + 1 < text.size() && text[i + 1].isLowSurrogate())
            code = QChar::surrogateToUcs4(text[i], text[i + 1]);
        if (!isInvisible(code))
            return false;
        i += QChar::requiresSurrogates(code) ? 1 : 0;
    }
    return true;
}

QString folded(const QString& text)
{
    if (isAscii(text))
        return text.toLower();
    // A letter may fold to one that composes with the mark behind it, and one that was composed may not fold.
    QString folded;
    folded.reserve(text.size());
    const QString apart = decomposed(text);
    for (const QChar c : apart) {
        const auto longer = std::find_if(longerFoldings.begin(), longerFoldings.end(),
                                         [c](const auto& each) { return each.first == c.unicode(); });
        if (longer == longerFoldings.end())
            folded.append(c);
        else
            folded.append(longer->second);
    }
    return composed(folded.toCaseFolded());
}

} // namespace prism::protocol
