#include "tests/bench/pinned.h"
#include "tests/bench/push_run.h"
#include "tests/bench/scenarios.h"

namespace prism::bench {

namespace {

/// The rounds of one server.
struct Rounds
{
    std::vector<double> p50;
    std::vector<double> p99;
    std::uint64_t missing = 0;

    void add(const PushResult& result)
    {
        p50.push_back(result.latencies.at(0.5));
        p99.push_back(result.latencies.at(0.99));
        missing += result.missing + result.dropped;
    }
};

} // namespace

void measurePush(Bench& bench)
{
    constexpr double eventsPerSecond = 50;
    const std::size_t clients = bench.scale.pushClients;
    const auto ours = bench.startOurs();
    std::unique_ptr<ChildServer> bare;
    Rounds ofOurs;
    Rounds ofBare;
    Rounds ofPeer;
    const auto measure = [&](const Target& target, Rounds& rounds) {
        const Pinned pinned(target.pid);
        const PushResult result =
            PushRun(bench, target, clients).measure(eventsPerSecond, bench.scale.pushSeconds);
        bench.report.note("P1", target.name + (pinned ? ", pinned: " : ", not pinned: ") + result.text());
        rounds.add(result);
        return result.eventBytes;
    };
    // In turns, so that what else the machine does hits all alike.
    for (int round = 0; round < bench.scale.rounds; ++round) {
        const std::size_t eventBytes = measure(ours->target(), ofOurs);
        if (!bare)
            bare = bench.startBare(eventBytes);
        measure({"bare loop", bare->http(), bare->ws(), bare->processId()}, ofBare);
        if (bench.peer)
            measure(*bench.peer, ofPeer);
    }
    const std::string work = format("push to %zu clients, 50 events/s, p99", clients);
    bench.report.add({"P1",
                      work,
                      "ms",
                      median(ofOurs.p99),
                      median(ofBare.p99),
                      "bare loop",
                      {Bar::Kind::RatioAtMost, 1.1}});
    Row row{"P1", work, "ms", median(ofOurs.p99)};
    if (bench.peer) {
        row.other = median(ofPeer.p99);
        row.otherName = "peer";
    }
    row.bar = {Bar::Kind::RatioAtMost, 0.9};
    bench.report.add(row);
    if (bench.peer)
        bench.report.add({"P1",
                          "the same, p50 more than the peer's",
                          "ms",
                          median(ofOurs.p50) - median(ofPeer.p50),
                          {},
                          {},
                          {Bar::Kind::AtMost, 0.3}});
    bench.report.add({"P1",
                      "events or clients lost meanwhile",
                      "",
                      double(ofOurs.missing),
                      {},
                      {},
                      {Bar::Kind::AtMost, 0}});
}

} // namespace prism::bench
