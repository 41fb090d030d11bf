#pragma once

#include "tests/bench/bench.h"
#include "tests/bench/latencies.h"

namespace prism::bench {

/// How events reached clients that did nothing but listen.
struct PushResult
{
    Latencies latencies; ///< one for each event and client
    std::uint64_t events = 0;
    std::uint64_t missing = 0; ///< deliveries that had not come 5 s after the last event
    std::size_t dropped = 0;   ///< sessions that ended
    std::size_t eventBytes = 0;
    double serverCpu = 0;
    double ownCpu = 0;

    std::string text() const;
};

/// Opens clients at a server and posts records at a rate, one second of warm-up first.
class PushRun
{
public:
    PushRun(Bench& bench, const Target& target, std::size_t clients);
    ~PushRun();
    PushRun(const PushRun&) = delete;
    PushRun& operator=(const PushRun&) = delete;

    /// Throws BenchError when a request is refused.
    PushResult measure(double eventsPerSecond, double seconds);

private:
    class Clients;

    Bench& m_bench;
    const Target m_target;
    std::unique_ptr<Clients> m_clients;
};

} // namespace prism::bench
