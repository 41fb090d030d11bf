#include "tests/bench/load.h"
#include "tests/bench/pinned.h"
#include "tests/bench/process_usage.h"
#include "tests/bench/push_run.h"
#include "tests/bench/scenarios.h"

#include <atomic>
#include <exception>
#include <sys/resource.h>
#include <thread>

namespace prism::bench {

namespace {

constexpr double eventsPerSecond = 5;

/// How long requests take at a rate that loads nobody, over connections of its own.
Latencies probe(const Endpoint& endpoint, const std::string& path, const std::function<bool()>& ended)
{
    constexpr int connections = 4;
    constexpr double requestsPerSecond = 200;
    EventLoop loop;
    HttpDriver driver(loop, endpoint, connections);
    const std::string get = getRequest(endpoint, path);
    Latencies latencies;
    driver.pace(
        requestsPerSecond,
        [&](std::string& request) {
            request = get;
            return !ended();
        },
        [&latencies](const HttpAnswer& answer) { latencies.add(answer.received - answer.sent); });
    driver.finish(std::chrono::minutes(5));
    return latencies;
}

Latencies probeFor(double seconds, const Endpoint& endpoint, const std::string& path)
{
    const Clock::time_point end = Clock::now() + fromSeconds(seconds);
    return probe(endpoint, path, [end] { return Clock::now() >= end; });
}

/// Probes on a thread of its own, so that the clients' work here does not count as the server's.
class ProbeThread
{
public:
    ProbeThread(const Endpoint& endpoint, const std::string& path)
        : m_thread([this, endpoint, path] {
            try {
                m_latencies = probe(endpoint, path, [this] { return m_ended.load(); });
            } catch (const std::exception&) {
                m_error = std::current_exception();
            }
        })
    {
    }
    ~ProbeThread()
    {
        m_ended = true;
        if (m_thread.joinable())
            m_thread.join();
    }
    ProbeThread(const ProbeThread&) = delete;
    ProbeThread& operator=(const ProbeThread&) = delete;

    Latencies finish()
    {
        m_ended = true;
        m_thread.join();
        if (m_error)
            std::rethrow_exception(m_error);
        return m_latencies;
    }

private:
    std::atomic<bool> m_ended{false};
    Latencies m_latencies;
    std::exception_ptr m_error;
    std::thread m_thread; ///< last: it uses the others
};

std::string text(const Latencies& latencies)
{
    return format("p50 %.3f ms, p99 %.3f ms (%zu)", latencies.at(0.5), latencies.at(0.99), latencies.count());
}

/// As many as were asked for, or as this process may have descriptors for.
std::size_t possibleClients(std::size_t wanted)
{
    constexpr std::size_t reserve = 500;
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    return std::min(wanted, std::size_t(limit.rlim_cur) - std::min<std::size_t>(limit.rlim_cur, reserve));
}

} // namespace

void measureIdle(Bench& bench)
{
    const double probeSeconds = bench.scale.probeSeconds;
    const std::size_t clients = possibleClients(bench.scale.idleClients);
    const auto ours = bench.startOurs();
    const Target& target = ours->target();
    RecordPost posts(target.http, bench.freshPrefix());
    const std::vector<std::string> ids = fillRecords(bench, target, posts, 100);
    if (ids.empty())
        throw BenchError("no record to read beside the clients");
    const std::string record = "/api/v1/analytics/records/" + ids.front();

    std::optional<Pinned> pinned(target.pid);
    const Latencies healthBefore = probeFor(probeSeconds, target.http, "/health");
    const Latencies recordBefore = probeFor(probeSeconds, target.http, record);
    const std::optional<ProcessUsage> without = ProcessUsage::of(target.pid);
    const Clock::time_point opening = Clock::now();
    PushResult pushed;
    Latencies healthBeside;
    Latencies recordBeside;
    Latencies healthDuring;
    std::optional<ProcessUsage> with;
    {
        PushRun run(bench, target, clients);
        const double openSeconds = secondsOf(Clock::now() - opening);
        bench.loop.runFor(std::chrono::seconds(1)); // for sessions that are still settling
        with = ProcessUsage::of(target.pid);
        healthBeside = probeFor(probeSeconds, target.http, "/health");
        recordBeside = probeFor(probeSeconds, target.http, record);
        ProbeThread during(target.http, "/health");
        pushed = run.measure(eventsPerSecond, bench.scale.idleSeconds);
        healthDuring = during.finish();
        bench.report.note("P3", format("%zu clients let in within %.1f s", clients, openSeconds));
    }
    bench.report.note("P3", (*pinned ? "ours, pinned: " : "ours, not pinned: ") + pushed.text());
    bench.report.note("P3", "GET /health without clients " + text(healthBefore) + ", beside them " +
                                text(healthBeside) + ", while events go out " + text(healthDuring));
    bench.report.note("P3", "GET a record without clients " + text(recordBefore) + ", beside them " +
                                text(recordBeside));

    const auto bare = bench.startBare(pushed.eventBytes);
    pinned.emplace(bare->processId());
    const PushResult least =
        PushRun(bench, {"bare loop", bare->http(), bare->ws(), bare->processId()}, clients)
            .measure(eventsPerSecond, bench.scale.idleSeconds);
    bench.report.note("P3", "bare loop: " + least.text());

    bench.report.add({"P3",
                      format("%zu idle clients, dropped or without an event", clients),
                      "",
                      double(pushed.dropped + pushed.missing),
                      {},
                      {},
                      {Bar::Kind::AtMost, 0}});
    if (without && with)
        bench.report.add({"P3",
                          "server memory for each of them",
                          "KB",
                          (with->residentBytes - without->residentBytes) / double(clients) / 1000,
                          {},
                          {},
                          {Bar::Kind::AtMost, 13}});
    bench.report.add({"P3",
                      "push to them, 5 events/s, p99",
                      "ms",
                      pushed.latencies.at(0.99),
                      least.latencies.at(0.99),
                      "bare loop",
                      {Bar::Kind::RatioAtMost, 1.1}});
    bench.report.add({"P3",
                      "GET /health beside them, p50",
                      "ms",
                      healthBeside.at(0.5),
                      healthBefore.at(0.5),
                      "without them",
                      {Bar::Kind::RatioAtMost, 1.25}});
    bench.report.add({"P3",
                      "GET a record beside them, p50",
                      "ms",
                      recordBeside.at(0.5),
                      recordBefore.at(0.5),
                      "without them",
                      {Bar::Kind::RatioAtMost, 1.25}});
}

} // namespace prism::bench
