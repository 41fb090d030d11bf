#include "server/rules/match_finder.h"

#include <algorithm>
#include <string_view>

namespace prism::rules {

namespace {

constexpr qsizetype longestSnippet = 200;

/// Words found between two looks at the clock.
constexpr unsigned wordsALook = 1024;

/// Whether it is part of a word, of which words are set apart. Scripts without cases are not: Chinese sets
/// nothing between its words.
bool isOfWord(QChar c)
{
    return c.isDigit() || c.isLower() || c.isUpper() || c.isTitleCase() || c == QLatin1Char('_');
}

qsizetype charactersIn(QStringView text)
{
    return std::count_if(text.begin(), text.end(), [](QChar unit) { return !unit.isLowSurrogate(); });
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
    , m_utf8(text.toStdString())
{
}

std::optional<std::vector<Finding>> MatchFinder::find(std::optional<Phase> phase, Deadline deadline) const
{
    std::vector<Finding> findings;
    std::vector<int> atoms;
    if (!findWords(findings, atoms, phase, deadline))
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

bool MatchFinder::findWords(std::vector<Finding>& findings, std::vector<int>& atoms,
                            std::optional<Phase> phase, Deadline deadline) const
{
    struct Seen
    {
        bool asAtom = false;
        bool asKeyword = false;
    };
    std::vector<Seen> seen(m_rules.meanings().size());
    unsigned found = 0;
    return m_rules.words().search(m_folded, [&](KeywordAutomaton::Word word, qsizetype end) {
        if (++found % wordsALook == 0 && std::chrono::steady_clock::now() >= deadline)
            return false;
        const RuleSet::Meaning& meaning = m_rules.meanings()[word];
        if (meaning.atom >= 0 && !seen[word].asAtom) {
            seen[word].asAtom = true;
            atoms.push_back(meaning.atom);
        }
        if (meaning.keywords.empty() || seen[word].asKeyword)
            return true;
        const RuleSet::Place& any = meaning.keywords.front();
        const qsizetype length = m_rules.principles()[std::size_t(any.principle)].keywords[any.index].size();
        if (!standsAlone(end - length, end))
            return true;
        seen[word].asKeyword = true;
        for (const RuleSet::Place& place : meaning.keywords) {
            if (holds(place, phase))
                findings.push_back(
                    {place, Match::Kind::Keyword, std::size_t(end - length), std::size_t(length)});
        }
        return true;
    });
}

bool MatchFinder::standsAlone(qsizetype start, qsizetype end) const
{
    const bool joinsBefore = start > 0 && isOfWord(m_text[start]) && isOfWord(m_text[start - 1]);
    const bool joinsBehind = end < m_text.size() && isOfWord(m_text[end - 1]) && isOfWord(m_text[end]);
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
        match.start = charactersIn(QStringView(m_text).left(start));
        match.length = charactersIn(QStringView(m_text).mid(start, length));
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
