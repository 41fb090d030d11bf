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
        Line& line = job.slices ? m_sliced : m_plain;
        Weight after = line.waiting;
        after += job.weight;
        if (line.waiting.jobs > 0 && after.exceeds(m_limit)) {
            ++m_refusals;
            return Error{
                ErrorCode::Unavailable,
                QStringLiteral("%1 writes of %2 rows and %3 bytes are waiting already. Try again later.")
                    .arg(line.waiting.jobs)
                    .arg(line.waiting.rows)
                    .arg(line.waiting.bytes)};
        }
        line.waiting = after;
        line.jobs.push_back(std::move(job));
    }
    m_filled.notify_one();
    return std::nullopt;
}

std::vector<WriteJob> WriteQueue::take(const Weight& most, std::chrono::milliseconds wait)
{
    std::unique_lock lock(m_mutex);
    m_filled.wait_for(lock, wait,
                      [this] { return m_closed || !m_plain.jobs.empty() || !m_sliced.jobs.empty(); });
    std::vector<WriteJob> taken;
    taken.reserve(std::min(m_plain.jobs.size(), most.jobs) + 1);
    Weight weight{0, 0, 0};
    while (!m_plain.jobs.empty()) {
        weight += m_plain.jobs.front().weight;
        if (!taken.empty() && weight.exceeds(most))
            break;
        m_plain.waiting -= m_plain.jobs.front().weight;
        taken.push_back(std::move(m_plain.jobs.front()));
        m_plain.jobs.pop_front();
    }
    if (!m_sliced.jobs.empty()) {
        WriteJob& next = taken.emplace_back(std::move(m_sliced.jobs.front()));
        m_sliced.jobs.pop_front();
        next.isSlice = !next.slices->areDone();
        if (!next.isSlice)
            m_sliced.waiting -= next.weight;
    }
    return taken;
}

void WriteQueue::putBack(WriteJob job)
{
    const std::lock_guard lock(m_mutex);
    m_sliced.jobs.push_back(std::move(job));
}

void WriteQueue::giveUp(const WriteJob& job)
{
    const std::lock_guard lock(m_mutex);
    m_sliced.waiting -= job.weight;
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
    return m_closed && m_plain.jobs.empty() && m_sliced.jobs.empty();
}

WriteQueue::Level WriteQueue::level() const
{
    const std::lock_guard lock(m_mutex);
    Weight waiting = m_plain.waiting;
    waiting += m_sliced.waiting;
    return {waiting, m_limit, m_refusals};
}

} // namespace prism::store
