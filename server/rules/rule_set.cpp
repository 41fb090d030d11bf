#include "server/rules/rule_set.h"

#include "server/rules/rule_file.h"
#include "server/rules/search_text.h"
#include "shared/protocol/try.h"

#include <QJsonDocument>

#include <algorithm>
#include <numeric>

namespace prism::rules {

using protocol::Error;
using protocol::ErrorCode;
using protocol::Failure;
using protocol::Result;

namespace {

QString placeOfRegex(std::size_t principle, std::size_t pattern)
{
    return QStringLiteral("principles[%1].patterns[%2].regex").arg(principle).arg(pattern);
}

} // namespace

Result<RuleSetPtr> RuleSet::make(const QJsonObject& file, const RuleLimits& limits,
                                 const std::function<bool()>& isEnough)
{
    return compile(file, limits, Objection::Refuses, isEnough);
}

Result<RuleSetPtr> RuleSet::makeOfStored(const QJsonObject& file, const std::function<bool()>& isEnough)
{
    return compile(file, RuleLimits::none(), Objection::IsNoted, isEnough);
}

Result<RuleSetPtr> RuleSet::compile(const QJsonObject& file, const RuleLimits& limits, Objection objection,
                                    const std::function<bool()>& isEnough)
{
    protocol::Problems problems;
    std::vector<Principle> principles = readRules(file, limits, problems);
    const std::shared_ptr<RuleSet> rules(new RuleSet(file));
    PRISM_TRY(rules->addPatterns(principles, limits, problems, isEnough));
    if (!problems.isEmpty()) {
        const Error error =
            problems.toError(QStringLiteral("The rules are not valid; none of them was taken."));
        if (objection == Objection::Refuses)
            return Failure(error);
        rules->m_objections = error.details;
    }
    rules->sort(std::move(principles));
    rules->addWords();
    return rules;
}

RuleSet::RuleSet(const QJsonObject& file)
    : m_document(QJsonDocument(file).toJson(QJsonDocument::Compact))
{
}

/// In the order of the file, until they are too many.
Result<void> RuleSet::addPatterns(const std::vector<Principle>& principles, const RuleLimits& limits,
                                  protocol::Problems& problems, const std::function<bool()>& isEnough)
{
    int count = 0;
    for (std::size_t i = 0; i < principles.size(); ++i) {
        const std::vector<Pattern>& patterns = principles[i].patterns;
        for (std::size_t p = 0; p < patterns.size(); ++p) {
            if (isEnough && isEnough())
                return Failure(
                    Error{ErrorCode::Unavailable, QStringLiteral("The rules were not compiled to the end.")});
            if (++count > limits.patterns())
                return {};
            if (patterns[p].regex.isEmpty())
                continue;
            const RegexSet::Added added = m_regexes.add(patterns[p].regex, limits.regexSteps);
            m_steps += added.steps;
            if (added.problem)
                problems.add(ErrorCode::Validation, placeOfRegex(i, p), *added.problem);
            if (added.isNumbered)
                m_patterns.push_back({int(i), int(p)});
            if (m_steps <= limits.steps)
                continue;
            problems.add(
                ErrorCode::TooLong, placeOfRegex(i, p),
                QStringLiteral("makes the set too large: with the patterns before it, it has %1 steps "
                               "once it is compiled, at most %2 are allowed")
                    .arg(m_steps)
                    .arg(limits.steps));
            return {};
        }
    }
    return {};
}

void RuleSet::sort(std::vector<Principle> principles)
{
    std::vector<int> order(principles.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](int left, int right) {
        const Principle& a = principles[std::size_t(left)];
        const Principle& b = principles[std::size_t(right)];
        return a.level != b.level ? a.level < b.level : a.priority > b.priority;
    });
    std::vector<int> places(principles.size());
    for (std::size_t place = 0; place < order.size(); ++place) {
        places[std::size_t(order[place])] = int(place);
        m_principles.push_back(std::move(principles[std::size_t(order[place])]));
    }
    for (Place& pattern : m_patterns)
        pattern.principle = places[std::size_t(pattern.principle)];
}

void RuleSet::addWords()
{
    for (int i = 0; i < int(m_principles.size()); ++i) {
        const Principle& principle = m_principles[std::size_t(i)];
        for (int k = 0; k < int(principle.keywords.size()); ++k) {
            const SearchText keyword(principle.keywords[k]);
            if (!keyword.text().isEmpty())
                meaningOf(keyword.text()).keywords.push_back({i, k});
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
