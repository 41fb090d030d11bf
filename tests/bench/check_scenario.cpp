#include "tests/bench/load.h"
#include "tests/bench/scenarios.h"

#include <charconv>

namespace prism::bench {

namespace {

constexpr int connections = 4;
constexpr int checksPerBody = 5000;

/// Results as gates send them: most pass, some warn, few block.
std::string ndjson(int firstUser)
{
    std::string body;
    for (int i = 0; i < checksPerBody; ++i) {
        const char* status = i % 20 == 0 ? "BLOCKED" : i % 7 == 0 ? "WARNING" : "PASS";
        body += format(R"({"status":"%s","duration":%d.%d,"user":"user %d","project":"project %d")", status,
                       1 + i % 90, i % 10, firstUser + i % 50, i % 12);
        if (status[0] != 'P')
            body += format(R"(,"violations":[{"principleId":"rule-%d","severity":"%s","message":"made up"}])",
                           i % 9, status[0] == 'B' ? "BLOCK" : "WARNING");
        body += "}\n";
    }
    return body;
}

/// "totalChecks" of the dashboard over all time, asked for after the last answer.
std::uint64_t countedChecks(Bench& bench, const Target& target)
{
    std::uint64_t total = 0;
    bool asked = false;
    HttpDriver driver(bench.loop, target.http, 1);
    driver.saturate(
        [&](std::string& request) {
            request = getRequest(target.http, "/api/v1/analytics/dashboard?period=all");
            return !std::exchange(asked, true);
        },
        [&total](const HttpAnswer& answer) {
            constexpr std::string_view name = "\"totalChecks\":";
            // The number itself, not the object of the same name that tells how it has changed.
            for (std::size_t at = answer.body.find(name); at != std::string_view::npos;
                 at = answer.body.find(name, at + 1)) {
                const char* const from = answer.body.data() + at + name.size();
                if (std::from_chars(from, answer.body.data() + answer.body.size(), total).ec == std::errc())
                    return;
            }
        });
    driver.finish(std::chrono::minutes(1));
    return total;
}

} // namespace

void measureChecks(Bench& bench)
{
    const auto ours = bench.startOurs();
    const Target& target = ours->target();
    std::vector<std::string> requests;
    for (int i = 0; i < connections; ++i) {
        const std::string body = ndjson(i * 50);
        requests.push_back("POST /api/v1/gateway/checks HTTP/1.1\r\nHost: " + target.http.authority() +
                           "\r\nContent-Type: application/x-ndjson\r\nContent-Length: " +
                           std::to_string(body.size()) + "\r\n\r\n" + body);
    }
    std::size_t turn = 0;
    const LoadResult load =
        saturate(bench, target, connections, bench.scale.checkSeconds, 201,
                 [&](std::string& request) { request = requests[turn++ % requests.size()]; });
    const std::uint64_t sent = load.answers * checksPerBody;
    const std::uint64_t counted = countedChecks(bench, target);
    bench.report.note("P6", "bodies of 5,000 checks: " + load.text());
    bench.report.add({"P6",
                      "checks by NDJSON, 4 connections",
                      "/s",
                      load.perSecond() * checksPerBody,
                      {},
                      {},
                      {Bar::Kind::AtLeast, 60000}});
    bench.report.add({"P6",
                      "acknowledged checks the dashboard does not count",
                      "",
                      double(sent) - double(counted),
                      {},
                      {},
                      {Bar::Kind::AtMost, 0}});
}

} // namespace prism::bench
