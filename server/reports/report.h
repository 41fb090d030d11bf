#pragma once

#include "shared/protocol/check.h"

#include <QStringList>

#include <optional>
#include <vector>

namespace prism::reports {

/// One run of a tool, as its result file has it.
struct Run
{
    QString gate; ///< what ran, by the name that it gives itself, else that of its format
    protocol::CheckStatus status = protocol::CheckStatus::Pass;
    std::optional<double> duration = {};        ///< milliseconds; nothing where the file does not say
    protocol::ViolationCounts counts = {};      ///< of everything in the file, whatever is kept
    QList<protocol::Violation> violations = {}; ///< in the order of the file; of too many the gravest

    bool operator==(const Run&) const = default;
};

/// What a tool's result file says.
struct Report
{
    std::vector<Run> runs;
    QStringList notes; ///< for a person: what was left out or is not known, how often, and why

    bool operator==(const Report&) const = default;
};

} // namespace prism::reports
