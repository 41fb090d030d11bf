#include "server/rules/principle.h"

#include <algorithm>
#include <limits>

namespace prism::rules {

bool Principle::holdsIn(std::optional<Phase> phase) const
{
    return !phase || phases.empty() || std::find(phases.begin(), phases.end(), *phase) != phases.end();
}

RuleLimits RuleLimits::none()
{
    constexpr int most = std::numeric_limits<int>::max();
    RuleLimits limits;
    limits.principles = most / 2;
    limits.regexLength = limits.regexSteps = limits.steps = most;
    limits.id = limits.name = limits.message = most;
    limits.keywords = limits.keyword = limits.patternsOfOne = limits.languages = most;
    limits.priority = std::numeric_limits<double>::max();
    return limits;
}

} // namespace prism::rules
