#include "server/store/write_queue.h"

namespace prism::store {

std::optional<Error> WriteQueue::push(WriteJob job)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_closed)
            return Error{ErrorCode::Unavailable, QStringLiteral("The server is stopping.")};
        if (m_jobs.size() >= m_limit)
            return Error{
                ErrorCode::Unavailable,
                QStringLiteral("%1 writes are waiting already. Try again later.").arg(m_jobs.size())};
        m_jobs.push_back(std::move(job));
    }
    m_filled.notify_one();
    return std::nullopt;
}

std::vector<WriteJob> WriteQueue::take(std::size_t most)
{
    std::unique_lock lock(m_mutex);
    m_filled.wait(lock, [this] { return m_closed || !m_jobs.empty(); });
    std::vector<WriteJob> taken;
    while (!m_jobs.empty() && taken.size() < most) {
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

} // namespace prism::store
