#pragma once

#include "server/store/writing/transaction.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

namespace prism::store {

/// How much one write, or several, are: what bounds the queue and the groups taken from it.
struct Weight
{
    std::size_t jobs = 1;
    std::size_t rows = 1;
    std::size_t bytes = 0; ///< of the request's body, or of what is kept of it

    Weight& operator+=(const Weight& other);
    Weight& operator-=(const Weight& other);

    /// Whether any of the three is over its limit.
    bool exceeds(const Weight& limit) const;
};

/// What a write does before its own transaction, since it would take too long there: a slice in each of the
/// groups before its own, between which others are committed. Used on the writer's thread.
class Slices
{
public:
    Slices() = default;
    Slices(const Slices&) = delete;
    Slices& operator=(const Slices&) = delete;
    virtual ~Slices() = default;

    /// Whether the write itself is next.
    virtual bool areDone() const = 0;

    /// Writes the next one. May be called a second time when the first was undone: what it has come to
    /// counts from the commit on.
    virtual void writeNext(Transaction& transaction) = 0;
};

/// One write on its way: work to do inside a transaction, and what to do when that is over.
struct WriteJob
{
    /// Returns false to have its own changes undone. May be called a second time when the first was undone.
    std::function<bool(Transaction&)> work;
    /// Called once, on the writer's thread, after the commit, with the error that kept the whole group from
    /// the disk, or with null. Must be cheap: every other write waits.
    std::function<void(const Error* failure)> done;
    Weight weight = {};
    std::shared_ptr<Slices> slices = {}; ///< null for most
    bool isSlice = false;                ///< of those the next is to be written, not the write itself
};

/// Where writes wait for the writer. Bounded by their number, rows and bytes; used from any thread. Writes in
/// slices are counted by themselves, and take turns: one of them in each group.
class WriteQueue
{
public:
    explicit WriteQueue(const Weight& limit)
        : m_limit(limit)
    {
    }

    /// Hands a write over. `done` is called once: on the writer's thread when the write is on disk or was
    /// refused, or right here with Unavailable when the queue is full or closed. When its whole group failed,
    /// the group's error is the answer, also to what was refused. A write that is alone over a limit is taken
    /// when nothing else waits.
    template <typename T>
    void submit(std::function<Result<T>(Transaction&)> work, std::function<void(Result<T>)> done,
                const Weight& weight = {}, std::shared_ptr<Slices> slices = {})
    {
        auto result = std::make_shared<std::optional<Result<T>>>(); // none while the work has not begun
        WriteJob job;
        job.weight = weight;
        job.slices = std::move(slices);
        job.work = [result, work = std::move(work)](Transaction& transaction) {
            result->emplace(work(transaction));
            return (*result)->has_value();
        };
        job.done = [result, done = std::move(done)](const Error* failure) {
            // A refusal may rest on an earlier write of the same group, and that is undone now too.
            if (failure)
                result->emplace(Failure(*failure));
            done(std::move(**result));
        };
        if (const std::optional<Error> refused = push(job))
            job.done(&*refused);
    }

    /// Waits up to `wait` for work and takes what stays within `most`, one job at least, and one that is in
    /// slices. Empty when none came in that time, or when the queue is closed and drained.
    std::vector<WriteJob> take(const Weight& most, std::chrono::milliseconds wait);

    /// A slice of the job was written: it waits for its next turn, behind the others in slices.
    void putBack(WriteJob job);

    /// A slice of the job could not be written, and it was told.
    void giveUp(const WriteJob& job);

    /// Refuses further writes; what is queued is still done.
    void close();

    /// Closed, and empty.
    bool isDrained() const;

    struct Level
    {
        Weight waiting;
        Weight limit;
        quint64 refusals = 0; ///< so far, because the queue was full
    };

    Level level() const;

private:
    struct Line
    {
        std::deque<WriteJob> jobs = {};
        Weight waiting{0, 0, 0}; ///< with those of which a slice is being written
    };

    /// Takes the job, or says why not and leaves it.
    std::optional<Error> push(WriteJob& job);

    const Weight m_limit;
    mutable std::mutex m_mutex;
    std::condition_variable m_filled;
    Line m_plain;
    Line m_sliced;
    quint64 m_refusals = 0;
    bool m_closed = false;
};

} // namespace prism::store
