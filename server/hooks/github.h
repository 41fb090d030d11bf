#pragma once

#include "server/hooks/run.h"
#include "shared/protocol/error.h"

namespace prism::hooks {

/// Reads what GitHub tells by check_run and workflow_run; its other events are ignored. The body is JSON, or
/// the form that it sends where nobody told it to send JSON.
///
/// A job that is run again is another check_run of the same check_suite, a workflow another attempt of the
/// same run. What was done for a fork's branch is of no branch of this repository.
protocol::Result<Told> readGithub(const Delivery& delivery, int maxJsonDepth);

/// The body without the form around it, if there is one. BadFormat.
protocol::Result<QByteArray> withoutForm(const QByteArray& body);

} // namespace prism::hooks
