#include "server/rules/match_finder.h"

#include "shared/protocol/text.h"

#include <algorithm>
#include <string_view>

namespace prism::rules {

namespace {

constexpr qsizetype longestSnippet = 200;

/// Words found between two looks at the clock.
constexpr unsigned wordsALook = 1024;

/// Whether it is part of a word, of which words are set apart. Scripts without cases are not: Chinese sets
/// nothing between its words.
bool isOfWord(char32_t c)
{
    return QChar::isDigit(c) || QChar::isLower(c) || QChar::isUpper(c) || QChar::isTitleCase(c) || c == U'_';
}

char32_t codeAt(const QString& text, qsizetype at)
{
    const bool isPair = text[at].isHighSurrogate() && at + 1 < text.size() && text[at + 1].isLowSurrogate();
    return isPair ? QChar::surrogateToUcs4(text[at], text[at + 1]) : char32_t(text[at].unicode());
}

/// The last character that is not a mark on the one before it.
char32_t codeBefore(const QString& text, qsizetype at)
{
    char32_t code = 0;
    do {
        at -= at > 1 && text[at - 1].isLowSurrogate() && text[at - 2].isHighSurrogate() ? 2 : 1;
        code = codeAt(text, at);
    } while (at > 0 && QChar::isMark(code));
    return code;
}

qsizetype charactersIn(std::string_view utf8)
{
    constexpr unsigned char mask = 0xC0;
    constexpr unsigned char continuation = 0x80;
    return std::count_if(utf8.begin(), utf8.end(),
                         [](char byte) { return (static_cast<unsigned char>(byte) & mask) != continuation; });
}

/// Does not cut a character in two.
QString snippet(const QString& text)
{
    if (text.size() <= longestSnippet)
        return text;
    return text.left(text[longestSnippet].isLowSurrogate() ? longestSnippet - 1 : longestSnippet);
}

} // namespace

MatchFinder::MatchFinder(const RuleSet& rules, const QString& text)
    : m_rules(rules)
    , m_text(text)
    , m_folded(foldCase(text))
    , m_search(text)
    , m_utf8(text.toStdString())
{
}

std::optional<std::vector<Finding>> MatchFinder::find(std::optional<Phase> phase, Deadline deadline) const
{
    std::vector<Finding> findings;
    std::vector<int> atoms;
    // Most texts are the same for both, and then one pass will do.
    const bool isOne = m_search.text() == m_folded;
    if (!findWords(isOne ? Sought::Both : Sought::Keywords, findings, atoms, phase, deadline) ||
        (!isOne && !findWords(Sought::Atoms, findings, atoms, phase, deadline)))
        return std::nullopt;
    for (const int regex : m_rules.regexes().candidates(atoms)) {
        if (std::chrono::steady_clock::now() >= deadline)
            return std::nullopt;
        const RuleSet::Place place = m_rules.patterns()[std::size_t(regex)];
        if (!holds(place, phase))
            continue;
        if (const auto span = m_rules.regexes().find(regex, m_utf8))
            findings.push_back({place, Match::Kind::Pattern, span->start, span->length});
    }
    return std::chrono::steady_clock::now() < deadline ? std::optional(std::move(findings)) : std::nullopt;
}

bool MatchFinder::findWords(Sought sought, std::vector<Finding>& findings, std::vector<int>& atoms,
                            std::optional<Phase> phase, Deadline deadline) const
{
    struct Seen
    {
        bool asAtom = false;
        bool asKeyword = false;
    };
    std::vector<Seen> seen(m_rules.meanings().size());
    unsigned found = 0;
    const QString& text = sought == Sought::Atoms ? m_folded : m_search.text();
    return m_rules.words().search(text, [&](KeywordAutomaton::Word word, qsizetype end) {
        if (++found % wordsALook == 0 && std::chrono::steady_clock::now() >= deadline)
            return false;
        const RuleSet::Meaning& meaning = m_rules.meanings()[word];
        if (sought != Sought::Keywords && meaning.atom >= 0 && !seen[word].asAtom) {
            seen[word].asAtom = true;
            atoms.push_back(meaning.atom);
        }
        if (sought == Sought::Atoms || meaning.keywords.empty() || seen[word].asKeyword)
            return true;
        const qsizetype from = m_search.begin(end - meaning.length);
        const qsizetype to = m_search.end(end - 1);
        if (!standsAlone(from, to))
            return true;
        seen[word].asKeyword = true;
        for (const RuleSet::Place& place : meaning.keywords) {
            if (holds(place, phase))
                findings.push_back({place, Match::Kind::Keyword, std::size_t(from), std::size_t(to - from)});
        }
        return true;
    });
}

bool MatchFinder::standsAlone(qsizetype start, qsizetype end) const
{
    const bool joinsBefore =
        start > 0 && isOfWord(codeAt(m_text, start)) && isOfWord(codeBefore(m_text, start));
    const bool joinsBehind =
        end < m_text.size() && isOfWord(codeBefore(m_text, end)) && isOfWord(codeAt(m_text, end));
    return !joinsBefore && !joinsBehind;
}

bool MatchFinder::holds(const RuleSet::Place& place, std::optional<Phase> phase) const
{
    return m_rules.principles()[std::size_t(place.principle)].holdsIn(phase);
}

Match MatchFinder::describe(const Finding& finding) const
{
    Match match;
    match.kind = finding.kind;
    if (finding.kind == Match::Kind::Keyword) {
        const auto start = qsizetype(finding.start);
        const auto length = qsizetype(finding.length);
        match.start = protocol::charactersIn(QStringView(m_text).left(start));
        match.length = protocol::charactersIn(QStringView(m_text).mid(start, length));
        match.text = snippet(m_text.mid(start, length));
    } else {
        const std::string_view whole(m_utf8);
        const std::string_view part = whole.substr(finding.start, finding.length);
        match.start = charactersIn(whole.substr(0, finding.start));
        match.length = charactersIn(part);
        match.text = snippet(QString::fromUtf8(part.data(), qsizetype(part.size())));
    }
    return match;
}

} // namespace prism::rules
