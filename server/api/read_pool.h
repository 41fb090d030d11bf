#pragma once

#include "server/api/noise_book.h"
#include "server/api/read_queue.h"
#include "server/api/report_limits.h"
#include "server/http/answer_bell.h"
#include "server/realtime/backlog.h"
#include "server/statistics/findings.h"
#include "server/store/database.h"
#include "server/store/rollups/rollup_source.h"

#include <QTimeZone>

#include <thread>

namespace prism::api {

/// How much is read at the same time, and waits to be.
struct ReadLimits
{
    int readers = 2;                                     ///< 2 or more
    ReadQueue::Limits queue{256, 0, 64UL * 1024 * 1024}; ///< for bounded reads, and as much for open ones
    ReportLimits report;
    std::chrono::milliseconds patience{30'000}; ///< for a turn, and then for the read
};

/// The readers: a few threads, each with a read connection and what was summed up over it, that do what takes
/// longer than a worker may be kept from its other connections. The first of them does no open reads, so that
/// bounded ones never wait for those. Called from any thread, but for open() and stop().
class ReadPool
{
public:
    /// What is read, and who is told of answers. Outlives the pool.
    struct Source
    {
        const store::Database& database;
        const QString& epoch;
        const QTimeZone& zone;
        NoiseBook& noise;
        const realtime::Backlog& backlog;
        http::AnswerBell& bell;
        statistics::Findings& findings;
    };

    /// Opens all connections. Unavailable.
    static protocol::Result<std::unique_ptr<ReadPool>> open(const Source& source, const ReadLimits& limits);

    ~ReadPool();
    ReadPool(const ReadPool&) = delete;
    ReadPool& operator=(const ReadPool&) = delete;

    /// The patience that a read of a client has here.
    Patience patience(std::shared_ptr<const http::Presence> client, Effort effort) const;

    /// Has a reader do the job, which answers on that thread, or declines it here.
    void submit(ReadJob job);

    /// Has a reader do what nobody waits for, for as long as it takes, unless the server stops.
    void submitOwn(std::function<void(Reading&)> work);

    /// Open reads end now, and are refused from here on; bounded ones go on.
    void hurry();

    /// Ends all reads and joins the threads. Nothing is answered afterwards.
    void stop();

    struct Level
    {
        ReadQueue::Level queue;
        int readers = 0;
        int running = 0;
        quint64 done = 0; ///< so far
        quint64 late = 0; ///< so far, ended or never begun because their time was over or the server stopped
        quint64 abandoned = 0; ///< so far, because their client had gone
    };

    Level level() const;

private:
    struct Reader;

    ReadPool(const Source& source, const ReadLimits& limits);

    void run(Reader& reader, ReadQueue::Taker taker);
    void perform(Reader& reader, ReadJob& job);
    void decline(const std::vector<ReadJob>& jobs);

    const Source m_source;
    const ReadLimits m_limits;
    ReadQueue m_queue;
    std::atomic<bool> m_hurries{false};
    std::atomic<bool> m_stops{false};
    std::atomic<int> m_running{0};
    std::atomic<quint64> m_done{0};
    std::atomic<quint64> m_late{0};
    std::atomic<quint64> m_abandoned{0};
    std::vector<std::unique_ptr<Reader>> m_readers;
    std::vector<std::thread> m_threads;
};

} // namespace prism::api
