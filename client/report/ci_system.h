#pragma once

#include "shared/protocol/check.h"

#include <optional>

namespace prism::report {

/// What the variables of a CI system say of the run that this is part of: project, branch, commit, user, url,
/// and the origin; nothing where it is part of none that is known.
std::optional<protocol::Check> contextOfCiSystem();

/// Whether the machine is a CI system's, which may be gone when this has ended.
bool isOnCiSystem();

} // namespace prism::report
