#include "server/rules/search_text.h"

#include "shared/protocol/text.h"

namespace prism::rules {

namespace {

/// Whether it may belong to the character before it: marks, and what Korean syllables are composed of.
bool joinsBefore(char32_t code)
{
    constexpr char32_t firstVowel = 0x1160;
    constexpr char32_t lastFinal = 0x11FF;
    return QChar::isMark(code) || QChar::combiningClass(code) != 0 ||
           (code >= firstVowel && code <= lastFinal);
}

qsizetype behindSpaces(const QString& text, qsizetype at)
{
    while (at < text.size() && text[at].isSpace())
        ++at;
    return at;
}

/// The code point there, and how many units it has.
std::pair<char32_t, qsizetype> codeAt(const QString& text, qsizetype at)
{
    const bool isPair = text[at].isHighSurrogate() && at + 1 < text.size() && text[at + 1].isLowSurrogate();
    if (isPair)
        return {QChar::surrogateToUcs4(text[at], text[at + 1]), 2};
    return {text[at].unicode(), 1};
}

/// Behind the character, with its marks, that begins there.
qsizetype behindCharacter(const QString& text, qsizetype at)
{
    at += codeAt(text, at).second;
    while (at < text.size() && text[at].unicode() >= 0x80) {
        const auto [code, length] = codeAt(text, at);
        if (!joinsBefore(code))
            break;
        at += length;
    }
    return at;
}

} // namespace

SearchText::SearchText(const QString& text, Form form)
{
    m_isAsGiven = form == Form::Composed && protocol::composed(text) == text;
    if (m_isAsGiven) {
        m_text = text;
        return;
    }
    m_text.reserve(text.size());
    m_spans.reserve(std::size_t(text.size()));
    if (form == Form::Composed)
        compose(text);
    else
        fold(text);
}

void SearchText::compose(const QString& text)
{
    for (qsizetype at = 0; at < text.size();) {
        const qsizetype begin = at;
        at = behindCharacter(text, at);
        const QString given = text.mid(begin, at - begin);
        const QString character = protocol::composed(given);
        if (character != given) {
            append(character, {begin, at});
            continue;
        }
        for (qsizetype i = begin; i < at; ++i)
            append(text[i], {i, i + 1});
    }
}

void SearchText::fold(const QString& text)
{
    for (qsizetype at = 0; at < text.size();) {
        const qsizetype begin = at;
        if (text[at].isSpace()) {
            at = behindSpaces(text, at);
            append(QStringLiteral(" "), {begin, at});
            continue;
        }
        at = behindCharacter(text, at);
        if (at == begin + 1 && text[begin].unicode() < 0x80) {
            m_text += text[begin].toLower();
            m_spans.push_back({begin, at});
            continue;
        }
        const QString character = text.mid(begin, at - begin);
        if (!protocol::isBlank(character))
            append(protocol::folded(character), {begin, at});
    }
}

void SearchText::append(const QString& part, Span span)
{
    m_text += part;
    m_spans.insert(m_spans.end(), std::size_t(part.size()), span);
}

} // namespace prism::rules
