#include "server/rules/judge.h"

#include "server/rules/match_finder.h"

#include <algorithm>

namespace prism::rules {

using protocol::CheckStatus;
using protocol::Severity;
using protocol::Violation;

namespace {

constexpr std::size_t mostViolations = 100;
constexpr std::size_t mostMatches = 200;

Severity atStandard(const Principle& principle, const Pattern* pattern)
{
    if (pattern != nullptr && pattern->severity)
        return *pattern->severity;
    switch (principle.level) {
    case Level::HardBlock:
        return Severity::Block;
    case Level::Mandatory:
        return Severity::Warning;
    case Level::Advisory:
        break;
    }
    return Severity::Info;
}

CheckStatus statusOf(Severity gravest)
{
    switch (gravest) {
    case Severity::Block:
        return CheckStatus::Blocked;
    case Severity::Warning:
        return CheckStatus::Warning;
    case Severity::Info:
        break;
    }
    return CheckStatus::Pass;
}

/// One match that counts, and what it weighs.
struct Weighed
{
    Finding finding;
    const Principle* principle;
    const Pattern* pattern; ///< null for a keyword
    Severity severity;
};

std::vector<Weighed> weigh(const RuleSet& rules, const std::vector<Finding>& findings, CheckLevel checkLevel)
{
    std::vector<Weighed> weighed;
    for (const Finding& finding : findings) {
        const Principle& principle = rules.principles()[std::size_t(finding.place.principle)];
        const Pattern* pattern = finding.kind == Match::Kind::Pattern
                                     ? &principle.patterns[std::size_t(finding.place.index)]
                                     : nullptr;
        if (pattern != nullptr && pattern->confidence < leastConfidence(checkLevel))
            continue;
        if (const auto severity = severityOf(principle, pattern, checkLevel))
            weighed.push_back({finding, &principle, pattern, *severity});
    }
    // The principles are in the order of their importance.
    std::sort(weighed.begin(), weighed.end(), [](const Weighed& a, const Weighed& b) {
        if (a.principle != b.principle)
            return a.principle < b.principle;
        return a.severity != b.severity ? a.severity > b.severity : a.finding.isBefore(b.finding);
    });
    return weighed;
}

QString nameOf(const Pattern& pattern)
{
    return pattern.name.isEmpty() ? pattern.regex : pattern.name;
}

/// One for each principle, made of its first and so gravest match. The pattern is its first one that matched,
/// where a keyword stands before it too.
std::vector<Violation> violationsOf(const std::vector<Weighed>& weighed, const QStringList& languages)
{
    std::vector<Violation> violations;
    const Principle* last = nullptr;
    for (const Weighed& each : weighed) {
        if (each.principle == last) {
            if (each.pattern != nullptr && violations.back().pattern.isEmpty())
                violations.back().pattern = nameOf(*each.pattern);
            continue;
        }
        last = each.principle;
        const QString own = each.pattern != nullptr ? each.pattern->message.in(languages) : QString();
        violations.push_back({last->id, last->name.in(languages), each.severity,
                              own.isEmpty() ? last->message.in(languages) : own, false,
                              each.pattern != nullptr ? nameOf(*each.pattern) : QString()});
    }
    std::stable_sort(violations.begin(), violations.end(),
                     [](const Violation& a, const Violation& b) { return a.severity > b.severity; });
    return violations;
}

Match matchOf(const Weighed& weighed, const MatchFinder& finder)
{
    const Principle& principle = *weighed.principle;
    Match match = finder.describe(weighed.finding);
    match.principleId = principle.id;
    match.level = principle.level;
    match.phases = principle.phases;
    match.severity = weighed.severity;
    if (weighed.pattern == nullptr) {
        match.rule = principle.keywords[weighed.finding.place.index];
    } else {
        match.rule = nameOf(*weighed.pattern);
        match.confidence = weighed.pattern->confidence;
    }
    return match;
}

/// Keeps the first `most`; how many went.
template <typename T>
qsizetype cut(std::vector<T>& list, std::size_t most)
{
    const std::size_t over = list.size() > most ? list.size() - most : 0;
    list.erase(list.end() - std::ptrdiff_t(over), list.end());
    return qsizetype(over);
}

} // namespace

std::optional<Severity> severityOf(const Principle& principle, const Pattern* pattern, CheckLevel checkLevel)
{
    const Severity standard = atStandard(principle, pattern);
    const bool isFixed = principle.level == Level::HardBlock && standard == Severity::Block;
    if (isFixed || checkLevel == CheckLevel::Standard)
        return standard;
    const bool strict = checkLevel == CheckLevel::Strict;
    switch (standard) {
    case Severity::Block:
        return strict ? Severity::Block : Severity::Warning;
    case Severity::Warning:
        return strict ? Severity::Block : Severity::Info;
    case Severity::Info:
        break;
    }
    return strict ? std::optional(Severity::Warning) : std::nullopt;
}

double leastConfidence(CheckLevel checkLevel)
{
    switch (checkLevel) {
    case CheckLevel::Strict:
        return 0;
    case CheckLevel::Standard:
        return 0.5;
    case CheckLevel::Relaxed:
        break;
    }
    return 0.8;
}

protocol::Result<Judgement> judge(const RuleSet& rules, const Intent& intent, const Policy& policy)
{
    const auto deadline = std::chrono::steady_clock::now() + policy.timeout;
    const MatchFinder finder(rules, intent.text);
    const auto findings = finder.find(intent.phase, deadline);
    if (!findings)
        return protocol::Failure(protocol::Error{
            protocol::ErrorCode::Unavailable,
            QStringLiteral("The rules could not all be tried within %1 ms, so there is no verdict "
                           "and nothing was stored.")
                .arg(policy.timeout.count())});
    std::vector<Weighed> weighed = weigh(rules, *findings, policy.checkLevel);

    Judgement judgement;
    judgement.checkLevel = policy.checkLevel;
    judgement.phase = intent.phase;
    judgement.principles =
        std::count_if(rules.principles().begin(), rules.principles().end(),
                      [&](const Principle& principle) { return principle.holdsIn(intent.phase); });
    judgement.violations = violationsOf(weighed, intent.languages);
    if (!judgement.violations.empty())
        judgement.status = statusOf(judgement.violations.front().severity);
    judgement.violationsLeftOut = cut(judgement.violations, mostViolations);
    judgement.matchesLeftOut = cut(weighed, mostMatches);
    for (const Weighed& each : weighed)
        judgement.matches.push_back(matchOf(each, finder));
    return judgement;
}

} // namespace prism::rules
