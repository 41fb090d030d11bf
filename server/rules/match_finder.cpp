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

/// How many UTF-16 units a text has.
qsizetype unitsIn(std::string_view utf8)
{
    constexpr unsigned char mask = 0xC0;
    constexpr unsigned char continuation = 0x80;
    constexpr unsigned char firstOfFour = 0xF0;
    qsizetype count = 0;
    for (const char each : utf8) {
        const auto byte = static_cast<unsigned char>(each);
        if ((byte & mask) != continuation)
            count += byte >= firstOfFour ? 2 : 1;
    }
    return count;
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
    , m_composed(text, SearchText::Form::Composed)
    , m_folded(foldCase(m_composed.text()))
    , m_search(text)
    , m_utf8(m_composed.text().toStdString())
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

/// Where in the text given it begins and ends, in UTF-16 units.
std::pair<qsizetype, qsizetype> MatchFinder::placeOf(const Finding& finding) const
{
    if (finding.kind == Match::Kind::Keyword)
        return {qsizetype(finding.start), qsizetype(finding.start + finding.length)};
    const std::string_view whole(m_utf8);
    const qsizetype first = unitsIn(whole.substr(0, finding.start));
    const qsizetype behind = first + unitsIn(whole.substr(finding.start, finding.length));
    const qsizetype begin = first < m_composed.text().size() ? m_composed.begin(first) : m_text.size();
    return {begin, behind > first ? m_composed.end(behind - 1) : begin};
}

Match MatchFinder::describe(const Finding& finding) const
{
    const auto [begin, end] = placeOf(finding);
    const QString there = m_text.mid(begin, end - begin);
    Match match;
    match.kind = finding.kind;
    match.start = protocol::charactersIn(QStringView(m_text).left(begin));
    match.length = protocol::charactersIn(there);
    match.text = snippet(there);
    return match;
}

} // namespace prism::rules
