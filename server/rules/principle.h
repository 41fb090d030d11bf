#pragma once

#include "server/rules/localized_text.h"
#include "shared/protocol/check.h"
#include "shared/protocol/check_level.h"

#include <optional>
#include <vector>

namespace prism::rules {

/// How binding a principle is.
enum class Level { HardBlock, Mandatory, Advisory };

using protocol::CheckLevel;
using protocol::checkLevelNames;

/// Where in their work somebody is who states an intent.
enum class Phase { Observe, Think, Plan, Build, Execute, Verify, Learn };

inline constexpr std::array<protocol::Name<Level>, 3> levelNames{
    {{Level::HardBlock, "HARD_BLOCK"}, {Level::Mandatory, "MANDATORY"}, {Level::Advisory, "ADVISORY"}}};

inline constexpr std::array<protocol::Name<Phase>, 7> phaseNames{{{Phase::Observe, "OBSERVE"},
                                                                  {Phase::Think, "THINK"},
                                                                  {Phase::Plan, "PLAN"},
                                                                  {Phase::Build, "BUILD"},
                                                                  {Phase::Execute, "EXECUTE"},
                                                                  {Phase::Verify, "VERIFY"},
                                                                  {Phase::Learn, "LEARN"}}};

/// A regular expression that breaks its principle where it matches.
struct Pattern
{
    QString name;                               ///< empty when the file gives none
    QString regex;                              ///< in RE2's syntax
    std::optional<protocol::Severity> severity; ///< instead of what the principle's level says
    double confidence = 1;                      ///< 0 to 1: how sure a match is a violation
    LocalizedText message;                      ///< instead of the principle's
};

/// One rule: what it is called, when it holds, and what breaks it.
struct Principle
{
    QString id;
    LocalizedText name;
    Level level = Level::Mandatory;
    double priority = 0;       ///< higher comes first in answers
    std::vector<Phase> phases; ///< empty: holds in each
    QStringList keywords;
    std::vector<Pattern> patterns;
    LocalizedText message;

    bool holdsIn(std::optional<Phase> phase) const;
};

/// How large a set of rules may be.
struct RuleLimits
{
    int principles = 2000;
    int regexLength = 1000; ///< characters
    int regexSteps = 2000;  ///< of one regular expression's program: bounds the time it takes on a text
    int steps = 1'000'000;  ///< of all together: bounds the time until they are ready

    // Of one principle; lengths are in characters.
    qsizetype id = 100;
    qsizetype name = 200;
    qsizetype message = 2000;
    qsizetype keywords = 100;
    qsizetype keyword = 100;
    qsizetype patternsOfOne = 20;
    qsizetype languages = 20;
    double priority = 1000;

    /// In all principles together: each costs memory of its own.
    int patterns() const { return 2 * principles; }

    static RuleLimits none();
};

} // namespace prism::rules
