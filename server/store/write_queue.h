#pragma once

#include "server/store/transaction.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>

namespace prism::store {

/// One write on its way: work to do inside a transaction, and what to do when that is over.
struct WriteJob
{
    /// Returns false to have its own changes undone.
    std::function<bool(Transaction&)> work;
    /// Called once, on the writer's thread, after the commit, with the error that kept the whole group from
    /// the disk, or with null.
    std::function<void(const Error* failure)> done;
};

/// Where writes wait for the writer. Bounded; used from any thread.
class WriteQueue
{
public:
    explicit WriteQueue(std::size_t limit)
        : m_limit(limit)
    {
    }

    /// Hands a write over. `done` is called once: on the writer's thread when the write is on disk or was
    /// refused, or right here with Unavailable when the queue is full or closed.
    template <typename T>
    void submit(std::function<Result<T>(Transaction&)> work, std::function<void(Result<T>)> done)
    {
        auto result = std::make_shared<std::optional<Result<T>>>(); // none while the work has not begun
        WriteJob job;
        job.work = [result, work = std::move(work)](Transaction& transaction) {
            result->emplace(work(transaction));
            return (*result)->has_value();
        };
        job.done = [result, done](const Error* failure) {
            if (failure && (!*result || (*result)->has_value()))
                result->emplace(Failure(*failure));
            done(std::move(**result));
        };
        if (const std::optional<Error> refused = push(std::move(job)))
            done(Failure(*refused));
    }

    /// Waits for work and takes up to `most` jobs. Empty only when the queue is closed and drained.
    std::vector<WriteJob> take(std::size_t most);

    /// Refuses further writes; what is queued is still done.
    void close();

private:
    std::optional<Error> push(WriteJob job);

    const std::size_t m_limit;
    std::mutex m_mutex;
    std::condition_variable m_filled;
    std::deque<WriteJob> m_jobs;
    bool m_closed = false;
};

} // namespace prism::store
