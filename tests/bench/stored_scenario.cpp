#include "tests/bench/check_fill.h"
#include "tests/bench/load.h"
#include "tests/bench/process_usage.h"
#include "tests/bench/scenarios.h"

#include <array>

namespace prism::bench {

namespace {

constexpr std::array periods{"today", "week", "month", "year", "all"};
constexpr double mebibyte = 1024.0 * 1024.0;

std::int64_t nowMs()
{
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(since).count();
}

/// A server with checks of a year behind it.
class StoredChecks
{
public:
    StoredChecks(Bench& bench, std::uint64_t count, std::uint64_t principlesADay)
        : m_bench(bench)
        , m_server(bench.startOurs())
    {
        const MadeChecks made(count, nowMs(), principlesADay);
        m_counted = made.total();
        const auto took = fillChecks(bench.loop, target().http, made);
        bench.report.note("P7", format("%llu checks of a year stored in %.1f s: %.0f/s; %s",
                                       static_cast<unsigned long long>(m_counted), secondsOf(took),
                                       double(m_counted) / secondsOf(took), size().c_str()));
    }

    const Target& target() const { return m_server->target(); }
    double databaseBytes() const { return m_server->databaseBytes(); }

    double residentBytes() const
    {
        const auto usage = ProcessUsage::of(target().pid);
        return usage ? usage->residentBytes : 0;
    }

    std::string size() const
    {
        return format("memory %.0f MB, database %.0f MB", residentBytes() / mebibyte,
                      databaseBytes() / mebibyte);
    }

    /// Asks for the dashboard right after a check was stored, so that no answer is there already.
    void addDashboard(const std::string& period, Latencies& latencies)
    {
        ask(postOf(R"({"status":"PASS","duration":3,"user":"user-001"})"), 201);
        ++m_counted;
        Clock::duration took{};
        const std::string body = ask(dashboardOf(period), 200, &took);
        latencies.add(took);
        const std::string total = "\"totalChecks\":" + std::to_string(m_counted) + ',';
        if (period == "all" && body.find(total) == std::string::npos)
            ++m_uncounted;
    }

    /// Dashboards that lacked a check which was acknowledged before they were asked for.
    std::uint64_t uncounted() const { return m_uncounted; }

    /// Ends the server and starts it again: until it is ready, and until it has answered with a dashboard.
    std::pair<double, double> restart()
    {
        m_connection.reset();
        const double ready = secondsOf(m_server->restart());
        Clock::duration took{};
        ask(dashboardOf("all"), 200, &took);
        return {ready, secondsOf(took)};
    }

private:
    std::string postOf(const std::string& body) const
    {
        return "POST /api/v1/gateway/checks HTTP/1.1\r\nHost: " + target().http.authority() +
               "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
               "\r\n\r\n" + body;
    }

    std::string dashboardOf(const std::string& period) const
    {
        return getRequest(target().http, "/api/v1/analytics/dashboard?period=" + period);
    }

    std::string ask(const std::string& what, int status, Clock::duration* took = nullptr)
    {
        if (!m_connection)
            m_connection = std::make_unique<HttpDriver>(m_bench.loop, target().http, 1);
        bool asked = false;
        std::string body;
        m_connection->saturate(
            [&](std::string& request) {
                request = what;
                return !std::exchange(asked, true);
            },
            [&](const HttpAnswer& answer) {
                if (answer.status != status)
                    throw BenchError(format("%d instead of %d: ", answer.status, status) +
                                     std::string(answer.body.substr(0, 300)));
                body = answer.body;
                if (took != nullptr)
                    *took = answer.received - answer.sent;
            });
        m_connection->finish(std::chrono::minutes(10));
        return body;
    }

    Bench& m_bench;
    std::unique_ptr<OurServer> m_server;
    std::unique_ptr<HttpDriver> m_connection;
    std::uint64_t m_counted = 0;
    std::uint64_t m_uncounted = 0;
};

std::string named(const char* what, std::uint64_t count)
{
    return format(what, static_cast<unsigned long long>(count));
}

/// In turns, because machines are busier at one time than at another. Gives up the rest of the rounds when
/// they take too long.
void addDashboards(Bench& bench, StoredChecks& small, StoredChecks& large, std::uint64_t principlesADay)
{
    constexpr std::chrono::seconds longest{20};
    const std::string other = named("%llu checks", bench.scale.storedChecksSmall);
    for (const char* period : periods) {
        Latencies ofSmall;
        Latencies ofLarge;
        const Clock::time_point end = Clock::now() + longest;
        for (int round = 0; round < bench.scale.dashboards && (round < 3 || Clock::now() < end); ++round) {
            small.addDashboard(period, ofSmall);
            large.addDashboard(period, ofLarge);
        }
        const std::string work =
            format("dashboard of %s, a check stored before each, %llu checks, %llu principles a day", period,
                   static_cast<unsigned long long>(bench.scale.storedChecksLarge),
                   static_cast<unsigned long long>(principlesADay));
        bench.report.add({"P7",
                          work + ", p50",
                          "ms",
                          ofLarge.at(0.5),
                          ofSmall.at(0.5),
                          other,
                          {Bar::Kind::RatioAtMost, 1.2}});
        bench.report.add(
            {"P7", work + ", p99", "ms", ofLarge.at(0.99), ofSmall.at(0.99), other, {Bar::Kind::AtMost, 1}});
    }
    bench.report.add({"P7",
                      "dashboards without the last acknowledged check",
                      "",
                      double(small.uncounted() + large.uncounted()),
                      {},
                      {},
                      {Bar::Kind::AtMost, 0}});
    bench.report.add({"P7", named("memory with %llu checks", bench.scale.storedChecksLarge), "MB",
                      large.residentBytes() / mebibyte, small.residentBytes() / mebibyte, other});
    bench.report.add({"P7", named("database of %llu checks", bench.scale.storedChecksLarge), "MB",
                      large.databaseBytes() / mebibyte, small.databaseBytes() / mebibyte, other});
}

void addStarts(Bench& bench, StoredChecks& small, StoredChecks& large)
{
    std::vector<double> ready;
    std::vector<double> answered;
    std::vector<double> smallReady;
    for (int round = 0; round < bench.scale.rounds; ++round) {
        const auto [untilReady, untilAnswer] = large.restart();
        ready.push_back(untilReady);
        answered.push_back(untilReady + untilAnswer);
        smallReady.push_back(small.restart().first);
    }
    bench.report.add({"P8",
                      named("start with %llu checks, until ready", bench.scale.storedChecksLarge),
                      "s",
                      median(ready),
                      median(smallReady),
                      named("%llu checks", bench.scale.storedChecksSmall),
                      {Bar::Kind::AtMost, 1}});
    bench.report.add({"P8", "the same, until the first dashboard is answered", "s", median(answered)});
}

} // namespace

void measureStored(Bench& bench)
{
    for (const std::uint64_t principlesADay : {std::uint64_t(12), std::uint64_t(2000)}) {
        StoredChecks small(bench, bench.scale.storedChecksSmall, principlesADay);
        StoredChecks large(bench, bench.scale.storedChecksLarge, principlesADay);
        addDashboards(bench, small, large, principlesADay);
        addStarts(bench, small, large);
    }
}

} // namespace prism::bench
