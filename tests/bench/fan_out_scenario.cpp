#include "tests/bench/load.h"
#include "tests/bench/pinned.h"
#include "tests/bench/process_usage.h"
#include "tests/bench/scenarios.h"
#include "tests/bench/ws_clients.h"

#include <charconv>

namespace prism::bench {

namespace {

constexpr int writers = 64;
constexpr std::size_t clients = 100;

/// The value of "seq" in an event or a hello; 0 without.
std::uint64_t seqOf(std::string_view text)
{
    constexpr std::string_view name = "\"seq\":";
    const std::size_t at = text.find(name);
    std::uint64_t seq = 0;
    if (at != std::string_view::npos)
        std::from_chars(text.data() + at + name.size(), text.data() + text.size(), seq);
    return seq;
}

/// What all clients have received, and whether it was each event once and in order.
class Deliveries
{
public:
    explicit Deliveries(bool numbered)
        : m_numbered(numbered)
        , m_last(clients)
        , m_greeted(clients)
    {
    }

    void take(const WsText& text)
    {
        const bool isHello = !m_greeted[text.client];
        const std::uint64_t seq = m_numbered ? seqOf(text.text) : 0;
        if (isHello) {
            m_greeted[text.client] = true;
            m_last[text.client] = seq;
            return;
        }
        if (m_numbered && seq == 0)
            return; // not an event
        if (m_numbered && seq != m_last[text.client] + 1)
            ++m_outOfPlace;
        m_last[text.client] = seq;
        ++m_count;
        m_lastAt = text.received;
    }

    std::uint64_t count() const { return m_count; }
    std::uint64_t outOfPlace() const { return m_outOfPlace; }
    Clock::time_point lastAt() const { return m_lastAt; }

private:
    const bool m_numbered;
    std::vector<std::uint64_t> m_last;
    std::vector<bool> m_greeted;
    std::uint64_t m_count = 0;
    std::uint64_t m_outOfPlace = 0;
    Clock::time_point m_lastAt;
};

struct FanOut
{
    double perSecond = 0;
    std::uint64_t outOfPlace = 0;
    std::uint64_t missing = 0;
};

FanOut measure(Bench& bench, const Target& target)
{
    const Pinned pinned(target.pid);
    Deliveries deliveries(target.ours);
    WsClients listeners(bench.loop, target.ws, clients,
                        [&deliveries](const WsText& text) { deliveries.take(text); });
    RecordPost posts(target.http, bench.freshPrefix());
    const Clock::time_point started = Clock::now();
    const LoadResult load = saturate(bench, target, writers, bench.scale.fanOutSeconds, 201,
                                     [&posts](std::string& request) { posts.next(request); });
    const std::uint64_t expected = load.answers * clients;
    bench.loop.runUntil(Clock::now() + std::chrono::seconds(20),
                        [&] { return deliveries.count() >= expected || listeners.dropped() == clients; });
    FanOut result;
    result.perSecond = double(deliveries.count()) / secondsOf(deliveries.lastAt() - started);
    result.outOfPlace = deliveries.outOfPlace();
    result.missing = expected - std::min(expected, deliveries.count());
    bench.report.note("P2",
                      target.name + (pinned ? ", pinned" : ", not pinned") +
                          format(": %.0f deliveries/s, %llu missing, %zu clients dropped; records ",
                                 result.perSecond, (unsigned long long)result.missing, listeners.dropped()) +
                          load.text());
    return result;
}

} // namespace

void measureFanOut(Bench& bench)
{
    const FanOut ours = measure(bench, bench.startOurs()->target());
    Row row{"P2", "deliveries, 64 writers flat out, 100 clients", "/s", ours.perSecond};
    if (bench.peer) {
        row.other = measure(bench, *bench.peer).perSecond;
        row.otherName = "peer";
    }
    row.bar = {Bar::Kind::RatioAtLeast, 5};
    bench.report.add(row);
    bench.report.add({"P2",
                      "events missing, repeated or out of order",
                      "",
                      double(ours.missing + ours.outOfPlace),
                      {},
                      {},
                      {Bar::Kind::AtMost, 0}});
}

} // namespace prism::bench
