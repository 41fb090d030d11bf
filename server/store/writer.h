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
    /// Called on the writer's thread after each commit, with the events of that commit in order.
    using Publish = std::function<void(std::vector<StoredEvent>)>;

    /// Called on the writer's thread after each group, before anybody hears what became of it.
    using Observe = std::function<void(const Commit&)>;

    /// `head` is the last seq in the file, `zone` that whose days are counted. `queue` outlives the writer.
    Writer(WriteQueue& queue, QString file, protocol::Seq head, const QTimeZone& zone, Publish publish,
           const Retention& retention = {}, Observe observe = {});

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
    Result<void> writeGroup(const std::vector<WriteJob>& group, Workplace& place);
    Result<Outcome> tryGroup(const std::vector<WriteJob>& group, Workplace& place, bool undoable);
    Result<Outcome> doJob(const WriteJob& job, Workplace& place, bool undoable);
    bool tidyUp(Workplace& place);

    WriteQueue& m_queue;
    const QString m_file;
    const protocol::Seq m_head;
    const QTimeZone m_zone;
    const Publish m_publish;
    const Retention m_retention;
    const Observe m_observe;
    std::thread m_thread;
};

} // namespace prism::store
