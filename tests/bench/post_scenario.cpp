#include "tests/bench/load.h"
#include "tests/bench/scenarios.h"

namespace prism::bench {

namespace {

constexpr int connections = 64;

LoadResult measure(Bench& bench, const Target& target, Naming naming)
{
    RecordPost posts(target.http, bench.freshPrefix(), naming);
    fillRecords(bench, target, posts, bench.scale.storedRecords);
    return saturate(bench, target, connections, bench.scale.postSeconds, 201,
                    [&posts](std::string& request) { posts.next(request); });
}

} // namespace

void measurePost(Bench& bench)
{
    const LoadResult counted = measure(bench, bench.startOurs()->target(), Naming::Counter);
    bench.report.note("P4", "ours, names from a counter: " + counted.text());
    const LoadResult random = measure(bench, bench.startOurs()->target(), Naming::Random);
    bench.report.note("P4", "ours, random names: " + random.text());
    Row row{"P4", format("POST a record, 64 connections, %zu stored before", bench.scale.storedRecords), "/s",
            counted.perSecond()};
    Row randomRow{"P4", "the same with random names", "/s", random.perSecond()};
    if (bench.peer) {
        const LoadResult peer = measure(bench, *bench.peer, Naming::Counter);
        bench.report.note("P4", "peer: " + peer.text());
        row.other = peer.perSecond();
        row.otherName = "peer";
        randomRow.other = peer.perSecond();
        randomRow.otherName = "peer, counter";
    }
    row.bar = {Bar::Kind::RatioAtLeast, 1};
    bench.report.add(row);
    bench.report.add(randomRow);
}

} // namespace prism::bench
