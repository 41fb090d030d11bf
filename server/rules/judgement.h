#pragma once

#include "server/rules/principle.h"

#include <QByteArray>

#include <optional>
#include <vector>

namespace prism::rules {

/// One place in an intent where a rule matched.
struct Match
{
    enum class Kind { Keyword, Pattern };

    QString principleId;
    Level level = Level::Mandatory;
    std::vector<Phase> phases; ///< the principle holds in; empty for all
    Kind kind = Kind::Keyword;
    QString rule; ///< the keyword, or the pattern's name or, without one, its regular expression
    protocol::Severity severity = protocol::Severity::Info;
    double confidence = 1;
    qsizetype start = 0;  ///< Unicode characters before it
    qsizetype length = 0; ///< Unicode characters
    QString text;         ///< what stands there, cut to 200 characters
};

/// What the rules say of one intent.
struct Judgement
{
    CheckLevel checkLevel = CheckLevel::Standard;
    std::optional<Phase> phase;
    qint64 version = 0;       ///< of the rules
    qsizetype principles = 0; ///< that hold in the phase
    protocol::CheckStatus status = protocol::CheckStatus::Pass;
    std::vector<protocol::Violation> violations; ///< the gravest first
    qsizetype violationsLeftOut = 0;             ///< beyond the 100 a check may have
    std::vector<Match> matches;                  ///< the first of each keyword and pattern, in that order
    qsizetype matchesLeftOut = 0;                ///< beyond 200
};

/// As compact UTF-8 JSON, without the status and the violations, which are the check's.
QByteArray encode(const Judgement& judgement);

} // namespace prism::rules
