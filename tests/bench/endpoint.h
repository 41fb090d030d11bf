#pragma once

#include "tests/bench/file_descriptor.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace prism::bench {

/// Where a server answers: an IPv4 address, a port and, for WebSocket, a path.
struct Endpoint
{
    std::string host;
    std::uint16_t port = 0;
    std::string path;

    /// Reads "http://127.0.0.1:3000" or "ws://localhost:3001/ws".
    static std::optional<Endpoint> fromUrl(std::string_view url);

    std::string authority() const { return host + ':' + std::to_string(port); }
};

/// Starts to connect and returns at once, with a non-blocking socket without Nagle's delay. On loopback
/// `source` spreads connections over several source addresses, for more of them than one address has ports.
/// Throws BenchError when no socket can be made.
FileDescriptor connectTo(const Endpoint& endpoint, unsigned source = 0);

} // namespace prism::bench
