#include "server/store/writing/write_queue.h"

#include <algorithm>

namespace prism::store {

Weight& Weight::operator+=(const Weight& other)
{
    jobs += other.jobs;
    rows += other.rows;
    bytes += other.bytes;
    return *this;
}

Weight& Weight::operator-=(const Weight& other)
{
    jobs -= other.jobs;
    rows -= other.rows;
    bytes -= other.bytes;
    return *this;
}

bool Weight::exceeds(const Weight& limit) const
{
    return jobs > limit.jobs || rows > limit.rows || bytes > limit.bytes;
}

std::optional<Error> WriteQueue::push(WriteJob& job)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_closed)
            return Error{ErrorCode::Unavailable, QStringLiteral("The server is stopping.")};
        Weight after = m_waiting;
        after += job.weight;
        if (!m_jobs.empty() && after.exceeds(m_limit)) {
            ++m_refusals;
            return Error{
                ErrorCode::Unavailable,
                QStringLiteral("%1 writes of %2 rows and %3 bytes are waiting already. Try again later.")
                    .arg(m_waiting.jobs)
                    .arg(m_waiting.rows)
                    .arg(m_waiting.bytes)};
        }
        m_waiting = after;
        m_jobs.push_back(std::move(job));
    }
    m_filled.notify_one();
    return std::nullopt;
}

std::vector<WriteJob> WriteQueue::take(const Weight& most, std::chrono::milliseconds wait)
{
    std::unique_lock lock(m_mutex);
    m_filled.wait_for(lock, wait, [this] { return m_closed || !m_jobs.empty(); });
    std::vector<WriteJob> taken;
    taken.reserve(std::min(m_jobs.size(), most.jobs));
    Weight weight{0, 0, 0};
    while (!m_jobs.empty()) {
        weight += m_jobs.front().weight;
        if (!taken.empty() && weight.exceeds(most))
            break;
        m_waiting -= m_jobs.front().weight;
        taken.push_back(std::move(m_jobs.front()));
        m_jobs.pop_front();
    }
    return taken;
}

void WriteQueue::close()
{
    {
        const std::lock_guard lock(m_mutex);
        m_closed = true;
    }
    m_filled.notify_all();
}

bool WriteQueue::isDrained() const
{
    const std::lock_guard lock(m_mutex);
    return m_closed && m_jobs.empty();
}

WriteQueue::Level WriteQueue::level() const
{
    const std::lock_guard lock(m_mutex);
    return {m_waiting, m_limit, m_refusals};
}

} // namespace prism::store
