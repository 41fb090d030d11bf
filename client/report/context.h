#pragma once

#include "shared/protocol/check.h"

namespace prism::report {

/// Who runs what where: the flags first, then what the CI system says, then the clone that `folder` lies in,
/// then the system's name of the person. No text is longer than the server takes.
protocol::Check contextOf(const protocol::Check& flags, const QString& folder);

} // namespace prism::report
