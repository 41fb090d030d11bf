#include "tests/bench/load.h"
#include "tests/bench/scenarios.h"

#include <random>

namespace prism::bench {

namespace {

const std::string recordsPath = "/api/v1/analytics/records";

LoadResult readById(Bench& bench, const Target& target, const std::vector<std::string>& ids)
{
    constexpr int connections = 32;
    std::vector<std::string> requests;
    requests.reserve(ids.size());
    for (const std::string& id : ids) {
        std::string path = recordsPath;
        path.append(1, '/').append(id);
        requests.push_back(getRequest(target.http, path));
    }
    if (requests.empty())
        throw BenchError(target.name + " gave no ids to read records by");
    std::minstd_rand generator(1);
    std::uniform_int_distribution<std::size_t> pick(0, requests.size() - 1);
    return saturate(bench, target, connections, bench.scale.getSeconds, 200,
                    [&](std::string& request) { request = requests[pick(generator)]; });
}

LoadResult readList(Bench& bench, const Target& target)
{
    constexpr int connections = 4;
    const std::string list = getRequest(target.http, recordsPath + "?limit=20");
    return saturate(bench, target, connections, bench.scale.listSeconds, 200,
                    [&](std::string& request) { request = list; });
}

/// What stands behind "nextCursor" in a list; empty at its end or without cursors.
std::string nextCursor(std::string_view body)
{
    constexpr std::string_view name = "\"nextCursor\":\"";
    const std::size_t at = body.rfind(name);
    if (at == std::string_view::npos)
        return {};
    const std::size_t from = at + name.size();
    return std::string(body.substr(from, body.find('"', from) - from));
}

/// Walks the list page by page and compares its end with its beginning.
void walk(Bench& bench, const Target& target)
{
    const std::string path = recordsPath + "?limit=100";
    const std::size_t pages = bench.scale.cursorPages;
    const std::size_t tenth = std::max<std::size_t>(1, pages / 10);
    std::string cursor;
    std::size_t page = 0;
    Latencies first;
    Latencies last;
    HttpDriver driver(bench.loop, target.http, 1);
    driver.saturate(
        [&](std::string& request) {
            if (page == pages || (page > 0 && cursor.empty()))
                return false;
            request = getRequest(target.http, cursor.empty() ? path : path + "&cursor=" + cursor);
            return true;
        },
        [&](const HttpAnswer& answer) {
            // The very first page is left out: it alone has a total.
            if (page > 0 && page <= tenth)
                first.add(answer.received - answer.sent);
            if (page >= pages - tenth)
                last.add(answer.received - answer.sent);
            ++page;
            cursor = answer.status == 200 ? nextCursor(answer.body) : std::string();
        });
    driver.finish(std::chrono::minutes(2));
    if (last.count() == 0) {
        bench.report.note("P5", format("no pages by cursor: the list ended after page %zu", page));
        return;
    }
    bench.report.add({"P5", format("page %zu of 100 by cursor, p50", pages), "ms", last.at(0.5),
                      first.at(0.5), "first pages"});
    bench.report.note("P5",
                      format("pages by cursor: first %zu p50 %.3f p99 %.3f ms, last %zu p50 %.3f p99 %.3f ms",
                             first.count(), first.at(0.5), first.at(0.99), last.count(), last.at(0.5),
                             last.at(0.99)));
}

} // namespace

void measureGet(Bench& bench)
{
    const auto large = bench.startOurs();
    RecordPost largePosts(large->target().http, bench.freshPrefix());
    const Clock::time_point started = Clock::now();
    const std::vector<std::string> ids =
        fillRecords(bench, large->target(), largePosts, bench.scale.listLarge);
    bench.report.note("P5", format("%zu records stored by batches of 1,000 in %.1f s", bench.scale.listLarge,
                                   secondsOf(Clock::now() - started)));
    const auto small = bench.startOurs();
    RecordPost smallPosts(small->target().http, bench.freshPrefix());
    fillRecords(bench, small->target(), smallPosts, bench.scale.listSmall);

    const LoadResult byId = readById(bench, large->target(), ids);
    bench.report.note("P5", "ours, by id: " + byId.text());
    Row row{"P5", format("GET a record by id, 32 connections, %zu stored", bench.scale.listLarge), "/s",
            byId.perSecond()};
    if (bench.peer) {
        RecordPost peerPosts(bench.peer->http, bench.freshPrefix());
        const LoadResult peer =
            readById(bench, *bench.peer, fillRecords(bench, *bench.peer, peerPosts, 10000));
        bench.report.note("P5", "peer, by id: " + peer.text());
        row.other = peer.perSecond();
        row.otherName = "peer";
    }
    row.bar = {Bar::Kind::RatioAtLeast, 1};
    bench.report.add(row);

    std::vector<double> largeTimes;
    std::vector<double> smallTimes;
    for (int round = 0; round < bench.scale.rounds; ++round) {
        const LoadResult ofLarge = readList(bench, large->target());
        const LoadResult ofSmall = readList(bench, small->target());
        largeTimes.push_back(ofLarge.latencies.at(0.99));
        smallTimes.push_back(ofSmall.latencies.at(0.99));
        bench.report.note("P5", format("list of %zu: ", bench.scale.listLarge) + ofLarge.text());
        bench.report.note("P5", format("list of %zu: ", bench.scale.listSmall) + ofSmall.text());
    }
    bench.report.add({"P5",
                      format("list 20 of %zu, p99", bench.scale.listLarge),
                      "ms",
                      median(largeTimes),
                      median(smallTimes),
                      format("20 of %zu", bench.scale.listSmall),
                      {Bar::Kind::RatioAtMost, 1.3}});
    walk(bench, large->target());
}

} // namespace prism::bench
