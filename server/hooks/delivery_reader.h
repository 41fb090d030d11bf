#pragma once

#include "server/hooks/provider.h"
#include "server/hooks/run.h"
#include "shared/protocol/error.h"

namespace prism::hooks {

/// What the delivery tells. The same of the same; no more memory than a few times the body.
protocol::Result<Told> readDelivery(Provider provider, const Delivery& delivery, int maxJsonDepth);

} // namespace prism::hooks
