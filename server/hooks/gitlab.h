#pragma once

#include "server/hooks/run.h"
#include "shared/protocol/error.h"

namespace prism::hooks {

/// Reads what GitLab tells of pipelines and jobs; what its other hooks tell is ignored. A job that is tried
/// again is another job of the same name in the same pipeline, a pipeline stays the same.
protocol::Result<Told> readGitlab(const Delivery& delivery, int maxJsonDepth);

} // namespace prism::hooks
