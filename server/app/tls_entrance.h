#pragma once

#include "server/app/config.h"
#include "server/io/tls/entrance.h"

namespace prism::app {

/// The entrance that was configured, started. Unavailable where certificate or key cannot be used, with the
/// file and the reason.
protocol::Result<std::unique_ptr<io::tls::Entrance>> openTlsEntrance(const Config& config,
                                                                     io::tls::Entrance::Sink sink);

/// Reads certificate and key anew, for whoever connects from now on. Where they cannot be used, that is said
/// in the log and those of before stay. Whoever is connected stays so.
void reloadTls(const Config& config, io::tls::Entrance& entrance);

} // namespace prism::app
