#include "server/rules/rule_set.h"

#include "server/rules/rule_file.h"
#include "server/rules/search_text.h"
#include "shared/protocol/try.h"

#include <QJsonDocument>

#include <algorithm>

namespace prism::rules {

protocol::Result<RuleSetPtr> RuleSet::make(const QJsonObject& file, const RuleLimits& limits)
{
    PRISM_TRY_ASSIGN(auto principles, readRules(file, limits));
    return std::make_shared<const RuleSet>(file, std::move(principles));
}

RuleSet::RuleSet(const QJsonObject& file, std::vector<Principle> principles)
    : m_document(QJsonDocument(file).toJson(QJsonDocument::Compact))
    , m_principles(std::move(principles))
{
    std::stable_sort(m_principles.begin(), m_principles.end(), [](const Principle& a, const Principle& b) {
        return a.level != b.level ? a.level < b.level : a.priority > b.priority;
    });
    for (int i = 0; i < int(m_principles.size()); ++i) {
        const Principle& principle = m_principles[std::size_t(i)];
        for (int k = 0; k < int(principle.keywords.size()); ++k) {
            const SearchText keyword(principle.keywords[k]);
            if (!keyword.text().isEmpty())
                meaningOf(keyword.text()).keywords.push_back({i, k});
        }
        for (int p = 0; p < int(principle.patterns.size()); ++p) {
            m_regexes.add(principle.patterns[std::size_t(p)].regex);
            m_patterns.push_back({i, p});
        }
    }
    const QStringList atoms = m_regexes.compile();
    for (int atom = 0; atom < int(atoms.size()); ++atom)
        meaningOf(foldCase(atoms[atom])).atom = atom;
    m_words.compile();
}

RuleSet::Meaning& RuleSet::meaningOf(const QString& word)
{
    const KeywordAutomaton::Word number = m_words.add(word);
    if (number >= m_meanings.size())
        m_meanings.resize(number + 1);
    m_meanings[number].length = word.size();
    return m_meanings[number];
}

} // namespace prism::rules
