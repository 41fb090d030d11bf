#pragma once

#include "server/rules/principle.h"
#include "shared/protocol/json_reader.h"

#include <QJsonObject>

namespace prism::rules {

/// Reads a rule file:
/// {"version"?, "last_updated"?, "principles": [{"id", "name", "level", "priority"?, "check_phases"?,
/// "keywords"?, "patterns"?: [{"name"?, "regex", "severity"?, "confidence"?, "message"?}],
/// "violation_message", "verification_method"?, "consequence"?, "historical_evidence"?}]}. Names and messages
/// are texts, or objects of texts by language. All that is wrong is noted by field, e.g.
/// "principles[3].patterns[0].name: …", but for what only compiling shows. The principles are in the order of
/// the file.
std::vector<Principle> readRules(const QJsonObject& file, const RuleLimits& limits,
                                 protocol::Problems& problems);

} // namespace prism::rules
