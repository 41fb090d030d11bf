#pragma once

#include "tests/bench/clock.h"
#include "tests/bench/endpoint.h"
#include "tests/bench/event_loop.h"
#include "tests/bench/made_checks.h"

namespace prism::bench {

/// Called now and then with the number of checks that are stored.
using FillProgress = std::function<void(std::uint64_t stored)>;

/// Stores the checks at the server through its NDJSON endpoint, over several connections. How long it took.
/// Throws BenchError when one is refused.
Clock::duration fillChecks(EventLoop& loop, const Endpoint& endpoint, const MadeChecks& checks,
                           const FillProgress& progress = {});

} // namespace prism::bench
