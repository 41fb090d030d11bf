#pragma once

#include "server/hooks/run.h"
#include "shared/protocol/error.h"

namespace prism::hooks {

/// Reads what SonarQube tells of a quality gate: OK passes, WARN warns, ERROR blocks, and each condition that
/// does not hold is a violation. An analysis that failed has no gate, and is ignored. That of an analysis is
/// told anew, without the task, when somebody's judgement of an issue changes how the gate ends.
protocol::Result<Told> readSonarqube(const Delivery& delivery, int maxJsonDepth);

} // namespace prism::hooks
