#include "server/api/read_pool.h"

#include "server/api/reading.h"
#include "shared/protocol/try.h"

namespace prism::api {

using protocol::Error;
using protocol::ErrorCode;
using protocol::Result;

/// What one reader reads from; used on its thread.
struct ReadPool::Reader
{
    Reader(std::unique_ptr<store::ReadConnection> opened, const Source& source)
        : database(std::move(opened))
        , rollups(*database, source.zone)
        , numbers{*database, rollups, source.epoch, source.zone, source.noise, source.findings}
        , events(*database, source.epoch, source.backlog)
    {
    }

    const std::unique_ptr<store::ReadConnection> database;
    store::RollupSources rollups;
    const Numbers numbers;
    EventPages events;
};

Result<std::unique_ptr<ReadPool>> ReadPool::open(const Source& source, const ReadLimits& limits)
{
    std::unique_ptr<ReadPool> pool(new ReadPool(source, limits));
    for (int i = 0; i < limits.readers; ++i) {
        PRISM_TRY_ASSIGN(auto connection, source.database.openReader());
        pool->m_readers.push_back(std::make_unique<Reader>(std::move(connection), source));
    }
    for (std::size_t i = 0; i < pool->m_readers.size(); ++i) {
        const auto taker = i == 0 ? ReadQueue::Taker::OfBounded : ReadQueue::Taker::OfAll;
        pool->m_threads.emplace_back(
            [&pool = *pool, &reader = *pool->m_readers[i], taker] { pool.run(reader, taker); });
    }
    return pool;
}

ReadPool::ReadPool(const Source& source, const ReadLimits& limits)
    : m_source(source)
    , m_limits(limits)
    , m_queue(limits.queue)
{
}

ReadPool::~ReadPool()
{
    stop();
}

Patience ReadPool::patience(std::shared_ptr<const http::Presence> client, Effort effort) const
{
    return {std::move(client), m_limits.patience, effort == Effort::Open ? &m_hurries : &m_stops};
}

void ReadPool::submit(ReadJob job)
{
    std::vector<ReadJob> forgotten;
    const std::optional<Error> refused = m_queue.push(job, forgotten);
    for (const ReadJob& each : forgotten)
        each.decline(*each.patience.reason()); // who has gone still has a connection, which ends by an answer
    if (!forgotten.empty()) {
        m_abandoned += forgotten.size();
        m_source.bell.ring();
    }
    if (refused)
        job.decline(*refused);
}

void ReadPool::submitOwn(std::function<void(Reading&)> work)
{
    constexpr std::chrono::hours ages(24 * 365);
    submit({{}, Effort::Open, 0, {{}, ages, &m_hurries}, std::move(work), [](const Error&) {}});
}

void ReadPool::run(Reader& reader, ReadQueue::Taker taker)
{
    while (std::optional<ReadJob> job = m_queue.take(taker)) {
        perform(reader, *job);
        m_source.bell.ring();
        m_source.bell.waitForRoom();
    }
}

void ReadPool::perform(Reader& reader, ReadJob& job)
{
    Patience& patience = job.patience;
    if (patience.isOver()) {
        job.decline(*patience.reason());
    } else {
        ++m_running;
        patience.begin();
        reader.database->breakOffWhen([&patience] { return patience.isOver(); });
        Reading reading{reader.numbers, reader.events, m_limits.report, patience};
        job.work(reading);
        reader.database->breakOffWhen({});
        --m_running;
    }
    if (patience.isForNobody())
        ++m_abandoned;
    else if (patience.reason())
        ++m_late;
    else
        ++m_done;
}

void ReadPool::decline(const std::vector<ReadJob>& jobs)
{
    for (const ReadJob& job : jobs)
        job.decline({ErrorCode::Unavailable, QStringLiteral("The server is stopping.")});
    m_late += jobs.size();
    m_source.bell.ring();
}

void ReadPool::hurry()
{
    m_hurries = true;
    decline(m_queue.closeOpen());
}

void ReadPool::stop()
{
    m_stops = true;
    m_hurries = true;
    decline(m_queue.close());
    for (std::thread& thread : m_threads)
        thread.join();
    m_threads.clear();
}

ReadPool::Level ReadPool::level() const
{
    return {m_queue.level(), m_limits.readers, m_running, m_done, m_late, m_abandoned};
}

} // namespace prism::api
