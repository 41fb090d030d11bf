#include "tests/bench/load.h"

#include "tests/bench/process_usage.h"

namespace prism::bench {

namespace {

constexpr std::chrono::seconds patience(60);
constexpr std::size_t batchSize = 1000;
constexpr std::size_t mostIds = 10000;

/// Appends the ids found in `text` that stand directly in records: UUIDs, 36 characters long.
void collectIds(std::string_view text, std::vector<std::string>& ids, std::size_t limit)
{
    constexpr std::string_view name = "\"id\":\"";
    constexpr std::size_t idSize = 36;
    for (std::size_t at = text.find(name); at != std::string_view::npos && limit > 0;
         at = text.find(name, at + name.size())) {
        const std::string_view id = text.substr(at + name.size(), idSize);
        if (id.size() == idSize && id.find('"') == std::string_view::npos) {
            ids.emplace_back(id);
            --limit;
        }
    }
}

std::string batchRequest(const Endpoint& endpoint, RecordPost& posts, std::size_t count)
{
    std::string body = "[";
    for (std::size_t i = 0; i < count; ++i) {
        if (i > 0)
            body += ',';
        body += posts.nextRecord();
    }
    body += ']';
    return "POST /api/v1/analytics/records/batch HTTP/1.1\r\nHost: " + endpoint.authority() +
           "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\n\r\n" + body;
}

} // namespace

std::string LoadResult::text() const
{
    std::string text =
        format("%.0f/s, p50 %.3f ms, p99 %.3f ms; ", perSecond(), latencies.at(0.5), latencies.at(0.99));
    text += serverCpu > 0 ? format("server %.2f cores, ", serverCpu) : "";
    return text + format("load generator %.2f", ownCpu);
}

LoadResult saturate(Bench& bench, const Target& target, int connections, double seconds, int status,
                    const std::function<void(std::string&)>& next,
                    const std::function<void(const HttpAnswer&)>& take)
{
    HttpDriver driver(bench.loop, target.http, connections);
    LoadResult result;
    std::string firstWrong;
    const std::optional<ProcessUsage> before = ProcessUsage::of(target.pid);
    const std::optional<ProcessUsage> ownBefore = ProcessUsage::of(getpid());
    const Clock::time_point started = Clock::now();
    const Clock::time_point end = started + fromSeconds(seconds);
    Clock::time_point last = started;
    driver.saturate(
        [&](std::string& request) {
            if (Clock::now() >= end)
                return false;
            next(request);
            return true;
        },
        [&](const HttpAnswer& answer) {
            ++result.answers;
            last = answer.received;
            result.latencies.add(answer.received - answer.sent);
            if (answer.status != status && result.wrong++ == 0)
                firstWrong = format("%d: ", answer.status) + std::string(answer.body.substr(0, 300));
            if (take)
                take(answer);
        });
    driver.finish(fromSeconds(seconds) + patience);
    result.seconds = secondsOf(last - started);
    if (const auto after = ProcessUsage::of(target.pid); before && after)
        result.serverCpu = (after->cpuSeconds - before->cpuSeconds) / result.seconds;
    if (const auto ownAfter = ProcessUsage::of(getpid()); ownBefore && ownAfter)
        result.ownCpu = (ownAfter->cpuSeconds - ownBefore->cpuSeconds) / result.seconds;
    if (result.wrong > 0)
        throw BenchError(format("%llu of %llu answers of %s were not %d; the first was ",
                                (unsigned long long)result.wrong, (unsigned long long)result.answers,
                                target.name.c_str(), status) +
                         firstWrong);
    return result;
}

std::vector<std::string> fillRecords(Bench& bench, const Target& target, RecordPost& posts, std::size_t count)
{
    constexpr int fillConnections = 16;
    const std::size_t perRequest = target.ours ? std::min(batchSize, count) : 1;
    const std::size_t requests = count / perRequest;
    const std::size_t idsEach = std::max<std::size_t>(1, mostIds / requests);
    std::vector<std::string> ids;
    std::string failed;
    std::size_t sent = 0;
    HttpDriver driver(bench.loop, target.http, target.ours ? 2 : fillConnections);
    driver.saturate(
        [&](std::string& request) {
            if (sent == requests || !failed.empty())
                return false;
            ++sent;
            if (target.ours)
                request = batchRequest(target.http, posts, perRequest);
            else
                posts.next(request);
            return true;
        },
        [&](const HttpAnswer& answer) {
            if (answer.status != 201)
                failed = format("%d: ", answer.status) + std::string(answer.body.substr(0, 300));
            if (ids.size() < mostIds)
                collectIds(answer.body, ids, idsEach);
        });
    driver.finish(std::chrono::minutes(10));
    if (!failed.empty())
        throw BenchError(target.name + " did not store what the measurement needs: " + failed);
    return ids;
}

std::string getRequest(const Endpoint& endpoint, const std::string& path)
{
    return "GET " + path + " HTTP/1.1\r\nHost: " + endpoint.authority() + "\r\n\r\n";
}

} // namespace prism::bench
