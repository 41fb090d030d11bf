#pragma once

#include "server/rules/judge.h"
#include "server/rules/rule_book.h"

#include <functional>

namespace prism::api {

/// What intents are judged by. Shared by all workers.
struct Judging
{
    rules::RuleBook& book;
    std::function<rules::Policy()> policy; ///< that holds now; called from any worker's thread
    qsizetype intentLength = 0;            ///< characters at most
};

/// The rules, and how they may be changed. Shared by all workers.
struct RuleKeeping
{
    rules::RuleBook& book;
    rules::RuleLimits limits;
    int versionsKept = 1;
};

} // namespace prism::api
