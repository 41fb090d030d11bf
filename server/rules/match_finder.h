#pragma once

#include "server/rules/judgement.h"
#include "server/rules/rule_set.h"
#include "server/rules/search_text.h"

#include <chrono>
#include <string>

namespace prism::rules {

/// Where a keyword or pattern is first in a text.
struct Finding
{
    RuleSet::Place place;
    Match::Kind kind = Match::Kind::Keyword;
    std::size_t start = 0; ///< in UTF-16 units for a keyword, in bytes of UTF-8, composed, for a pattern
    std::size_t length = 0;

    /// A lasting order of the findings of one principle: the keywords first.
    bool isBefore(const Finding& other) const
    {
        return kind != other.kind ? kind < other.kind : place.index < other.place.index;
    }
};

/// Looks for rules in one text. Borrows both.
class MatchFinder
{
public:
    MatchFinder(const RuleSet& rules, const QString& text);

    using Deadline = std::chrono::steady_clock::time_point;

    /// The first place of each keyword and pattern of the principles that hold in the phase. Nothing when the
    /// deadline came first.
    std::optional<std::vector<Finding>> find(std::optional<Phase> phase, Deadline deadline) const;

    /// The place, in Unicode characters, and what stands there; the rest is the caller's.
    Match describe(const Finding& finding) const;

private:
    /// What a pass over a text looks for.
    enum class Sought { Atoms, Keywords, Both };

    bool findWords(Sought sought, std::vector<Finding>& findings, std::vector<int>& atoms,
                   std::optional<Phase> phase, Deadline deadline) const;
    bool standsAlone(qsizetype start, qsizetype end) const;
    bool holds(const RuleSet::Place& place, std::optional<Phase> phase) const;
    std::pair<qsizetype, qsizetype> placeOf(const Finding& finding) const;

    const RuleSet& m_rules;
    const QString& m_text;
    const SearchText m_composed;
    const QString m_folded; ///< of the composed one
    const SearchText m_search;
    const std::string m_utf8; ///< of the composed one
};

} // namespace prism::rules
