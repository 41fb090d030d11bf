#pragma once

#include "server/store/age_clock.h"
#include "server/store/upkeep.h"
#include "server/store/write_queue.h"

#include <chrono>
#include <thread>

namespace prism::store {

/// What became of one group of writes, for those who count.
struct Commit
{
    bool succeeded = false;
    Weight weight{0, 0, 0};
    std::size_t events = 0;
    std::chrono::nanoseconds duration{}; ///< from BEGIN until it was on the disk, or given up
};

/// The one thread that writes: takes what is queued, commits it as one group, makes what was written hold,
/// publishes its events in order and then acknowledges each write. Owns the write connection. While nothing
/// waits it removes what is kept no longer.
class Writer
{
public:
    /// Called on the writer's thread, in this order, for each group; those that are empty are not.
    struct Hooks
    {
        /// Before anybody hears what became of the group.
        std::function<void(const Commit&)> observe = {};

        /// After the commit, with its events in order.
        std::function<void(std::vector<StoredEvent>)> publish = {};

        /// When each write of the group has been told. A thread that is woken before often takes the writer's
        /// place, once for each answer.
        std::function<void()> settled = {};
    };

    /// `head` is the last seq in the file, `zone` that whose days are counted. `queue` outlives the writer.
    Writer(WriteQueue& queue, QString file, protocol::Seq head, const QTimeZone& zone, Hooks hooks,
           const Retention& retention = {});

    /// Closes the queue, does what it holds, and joins the thread.
    ~Writer();

private:
    /// How a group ended that was tried without a way back for each of its writes.
    enum class Outcome { Done, NeedsUndo };

    /// What a group works with.
    struct Workplace
    {
        Database& database;
        Transaction transaction;
        Upkeep upkeep;
        AgeClock ageClock;

        protocol::Timestamp ageNow() { return ageClock.at(protocol::now(), BootClock::now()); }
    };

    void run();
    void refuseEverything(const Error& error);
    void commitGroup(const std::vector<WriteJob>& group, Workplace& place);
    void settle(const std::vector<WriteJob>& group, const Error* failure);
    Result<void> writeGroup(const std::vector<WriteJob>& group, Workplace& place);
    Result<Outcome> tryGroup(const std::vector<WriteJob>& group, Workplace& place, bool undoable);
    Result<Outcome> doJob(const WriteJob& job, Workplace& place, bool undoable);
    bool tidyUp(Workplace& place);

    WriteQueue& m_queue;
    const QString m_file;
    const protocol::Seq m_head;
    const QTimeZone m_zone;
    const Hooks m_hooks;
    const Retention m_retention;
    std::thread m_thread;
};

} // namespace prism::store
