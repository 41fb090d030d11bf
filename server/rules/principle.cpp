#include "server/rules/principle.h"

#include <algorithm>

namespace prism::rules {

bool Principle::holdsIn(std::optional<Phase> phase) const
{
    return !phase || phases.empty() || std::find(phases.begin(), phases.end(), *phase) != phases.end();
}

} // namespace prism::rules
