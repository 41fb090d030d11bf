#include "tests/bench/push_run.h"

#include "tests/bench/http_driver.h"
#include "tests/bench/process_usage.h"
#include "tests/bench/record_post.h"
#include "tests/bench/ws_clients.h"

namespace prism::bench {

std::string PushResult::text() const
{
    std::string text = format("p50 %.2f ms, p95 %.2f, p99 %.2f, max %.2f; %llu events of %zu bytes; ",
                              latencies.at(0.5), latencies.at(0.95), latencies.at(0.99), latencies.at(1),
                              (unsigned long long)events, eventBytes);
    if (missing > 0 || dropped > 0)
        text +=
            format("%llu deliveries missing, %zu clients dropped; ", (unsigned long long)missing, dropped);
    text += serverCpu > 0 ? format("server %.2f cores, ", serverCpu) : "";
    return text + format("load generator %.2f", ownCpu);
}

/// The clients, and what they have received of the events of the measurement under way.
class PushRun::Clients
{
public:
    Clients(Bench& bench, const Target& target, std::size_t count)
        : m_prefix(bench.freshPrefix())
        , m_all(bench.loop, target.ws, count, [this](const WsText& text) { take(text); })
    {
    }

    void begin(const std::string& prefix)
    {
        m_prefix = prefix;
        m_sent.clear();
        m_result = {};
        m_received = 0;
    }

    /// The event with this number is asked for now; `counts` when it belongs to the measurement.
    void sending(bool counts)
    {
        m_sent.push_back(Clock::now());
        if (!counts)
            m_firstCounted = m_sent.size();
    }

    void take(const WsText& text)
    {
        const std::optional<std::uint64_t> number = RecordPost::numberIn(text.text);
        if (!number || *number >= m_sent.size() || text.text.find(m_prefix) == std::string_view::npos)
            return;
        ++m_received;
        m_result.eventBytes = text.text.size();
        if (*number >= m_firstCounted)
            m_result.latencies.add(text.received - m_sent[*number]);
    }

    std::uint64_t expected() const { return m_sent.size() * m_all.count(); }
    std::uint64_t received() const { return m_received; }

    PushResult result()
    {
        m_result.events = m_sent.size() - m_firstCounted;
        m_result.missing = expected() - std::min(expected(), m_received);
        m_result.dropped = m_all.dropped();
        return std::move(m_result);
    }

private:
    std::string m_prefix;
    std::vector<Clock::time_point> m_sent;
    std::size_t m_firstCounted = 0;
    std::uint64_t m_received = 0;
    PushResult m_result;
    WsClients m_all;
};

PushRun::PushRun(Bench& bench, const Target& target, std::size_t clients)
    : m_bench(bench)
    , m_target(target)
    , m_clients(std::make_unique<Clients>(bench, target, clients))
{
}

PushRun::~PushRun() = default;

PushResult PushRun::measure(double eventsPerSecond, double seconds)
{
    constexpr int connections = 16;
    constexpr double warmUpSeconds = 1;
    const std::string prefix = m_bench.freshPrefix();
    RecordPost posts(m_target.http, prefix);
    HttpDriver driver(m_bench.loop, m_target.http, connections);
    m_clients->begin(prefix);
    const auto warmUp = std::uint64_t(warmUpSeconds * eventsPerSecond);
    const std::uint64_t total = warmUp + std::uint64_t(seconds * eventsPerSecond);
    std::uint64_t refused = 0;
    std::optional<ProcessUsage> before;
    std::optional<ProcessUsage> ownBefore;
    Clock::time_point started = Clock::now();
    driver.pace(
        eventsPerSecond,
        [&](std::string& request) {
            if (posts.made() == total)
                return false;
            if (posts.made() == warmUp) {
                before = ProcessUsage::of(m_target.pid);
                ownBefore = ProcessUsage::of(getpid());
                started = Clock::now();
            }
            m_clients->sending(posts.made() >= warmUp);
            posts.next(request);
            return true;
        },
        [&refused](const HttpAnswer& answer) { refused += answer.status == 201 ? 0 : 1; });
    driver.finish(fromSeconds(seconds) + std::chrono::seconds(60));
    const double elapsed = secondsOf(Clock::now() - started);
    const auto after = ProcessUsage::of(m_target.pid);
    const auto ownAfter = ProcessUsage::of(getpid());
    m_bench.loop.runUntil(Clock::now() + std::chrono::seconds(5),
                          [this] { return m_clients->received() >= m_clients->expected(); });
    if (refused > 0)
        throw BenchError(m_target.name + " refused " + std::to_string(refused) + " records");
    PushResult result = m_clients->result();
    if (before && after)
        result.serverCpu = (after->cpuSeconds - before->cpuSeconds) / elapsed;
    if (ownBefore && ownAfter)
        result.ownCpu = (ownAfter->cpuSeconds - ownBefore->cpuSeconds) / elapsed;
    return result;
}

} // namespace prism::bench
