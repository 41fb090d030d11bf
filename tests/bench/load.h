#pragma once

#include "tests/bench/bench.h"
#include "tests/bench/http_driver.h"
#include "tests/bench/latencies.h"
#include "tests/bench/record_post.h"

namespace prism::bench {

/// What a closed loop of requests came to.
struct LoadResult
{
    std::uint64_t answers = 0;
    std::uint64_t wrong = 0; ///< with another status than expected
    double seconds = 0;
    Latencies latencies;
    double serverCpu = 0; ///< cores in use, of the server; 0 when not known
    double ownCpu = 0;    ///< the same of this program

    double perSecond() const { return seconds > 0 ? double(answers) / seconds : 0; }

    /// "p50 … p99 …, server used … cores, this program …".
    std::string text() const;
};

/// Sends requests from `next` over so many connections for `seconds`, each as soon as the one before is
/// answered, and `take` sees each answer. Throws BenchError when connections break, or when answers have
/// another status than `status`: such a run says nothing.
LoadResult saturate(Bench& bench, const Target& target, int connections, double seconds, int status,
                    const std::function<void(std::string&)>& next,
                    const std::function<void(const HttpAnswer&)>& take = {});

/// Stores `count` records: by batches of 1,000 at ours, one by one elsewhere. Returns ids of theirs, up to
/// 10,000, spread over all of them.
std::vector<std::string> fillRecords(Bench& bench, const Target& target, RecordPost& posts,
                                     std::size_t count);

/// A GET request as it is sent.
std::string getRequest(const Endpoint& endpoint, const std::string& path);

} // namespace prism::bench
