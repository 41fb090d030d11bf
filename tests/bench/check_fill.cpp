#include "tests/bench/check_fill.h"

#include "tests/bench/http_driver.h"
#include "tests/bench/report.h"

#include <algorithm>

namespace prism::bench {

namespace {

constexpr int connections = 4;
constexpr std::uint64_t checksPerBody = 5000;
constexpr std::size_t largestBody = std::size_t(4) * 1024 * 1024; // about
constexpr std::chrono::hours patience(3);

} // namespace

Clock::duration fillChecks(EventLoop& loop, const Endpoint& endpoint, const MadeChecks& checks,
                           const FillProgress& progress)
{
    std::uint64_t sent = 0;
    std::uint64_t stored = 0;
    std::string failed;
    std::string body;
    HttpDriver driver(loop, endpoint, connections);
    const Clock::time_point started = Clock::now();
    driver.saturate(
        [&](std::string& request) {
            if (sent == checks.total() || !failed.empty())
                return false;
            body.clear();
            const std::uint64_t end = std::min(checks.total(), sent + checksPerBody);
            for (; sent < end && body.size() < largestBody; ++sent)
                checks.append(body, sent);
            request =
                "POST /api/v1/gateway/checks HTTP/1.1\r\nHost: " + endpoint.authority() +
                "\r\nContent-Type: application/x-ndjson\r\nContent-Length: " + std::to_string(body.size()) +
                "\r\n\r\n" + body;
            return true;
        },
        [&](const HttpAnswer& answer) {
            if (answer.status != 201 && answer.status != 200)
                failed = format("%d: ", answer.status) + std::string(answer.body.substr(0, 300));
            stored = std::min(checks.total(), stored + checksPerBody);
            if (progress)
                progress(stored);
        });
    driver.finish(patience);
    if (!failed.empty())
        throw BenchError("not all checks could be stored; the first that could not: " + failed);
    return Clock::now() - started;
}

} // namespace prism::bench
