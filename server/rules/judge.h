#pragma once

#include "server/rules/judgement.h"
#include "server/rules/rule_set.h"

#include <chrono>

namespace prism::rules {

/// How intents are judged.
struct Policy
{
    CheckLevel checkLevel = CheckLevel::Standard;
    std::chrono::milliseconds timeout{1'000};
};

/// What is to be judged.
struct Intent
{
    QString text; ///< valid Unicode, without NUL
    std::optional<Phase> phase;
    QStringList languages; ///< the caller reads, the best first
};

/// What a match weighs: what the pattern says, else what the principle's level does (HARD_BLOCK blocks,
/// MANDATORY warns, ADVISORY informs). Strict makes that one step more, relaxed one step less, and what only
/// informs then does not count (nothing). HARD_BLOCK blocks at each level unless its pattern says otherwise.
std::optional<protocol::Severity> severityOf(const Principle& principle, const Pattern* pattern,
                                             CheckLevel checkLevel);

/// The least confidence a pattern must have to count: 0 when strict, 0.5, 0.8 when relaxed.
double leastConfidence(CheckLevel checkLevel);

/// Judges an intent. A principle is violated when it holds in the phase (each, where none is given) and a
/// keyword or pattern of it matches; its violation is as grave as its gravest match. A keyword matches in any
/// case, and where it begins or ends with a digit or a letter that has cases, only at that end of a word.
///
/// Time is linear in the text for each rule. Looks at the clock between rules, and is Unavailable when the
/// policy's timeout has passed: half a judgement would be a guess.
protocol::Result<Judgement> judge(const RuleSet& rules, const Intent& intent, const Policy& policy);

} // namespace prism::rules
