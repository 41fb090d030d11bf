#pragma once

#include "server/rules/judge.h"
#include "server/rules/rule_book.h"

#include <functional>

namespace prism::api {

/// What judging, and changing what is judged by, works with. Shared by all workers.
struct RuleContext
{
    rules::RuleBook& book;
    std::function<rules::Policy()> policy; ///< that holds now; called from any worker's thread
    rules::RuleLimits limits;
    qsizetype intentLength = 0; ///< characters
    int versionsKept = 1;
};

} // namespace prism::api
