#pragma once

#include "server/store/writing/age_clock.h"
#include "server/store/writing/commit_sink.h"
#include "server/store/writing/upkeep.h"

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace prism::store {

/// A group that was written, or given up, and that nobody has been told of yet.
struct WrittenGroup
{
    std::vector<WriteJob> jobs;
    Commit commit;
    std::optional<Error> failure;             ///< what kept all of it from the disk
    std::vector<std::function<void()>> calls; ///< that make hold what was written
    std::vector<StoredEvent> events;          ///< in order
};

/// Writes groups of jobs to the disk, each as one transaction, and removes what is kept no longer. Owns the
/// write connection. Lives on the writer's thread.
class GroupWriter
{
public:
    /// `head` is the last seq in the file, `zone` that whose days are counted.
    GroupWriter(std::unique_ptr<WriteConnection> connection, protocol::Seq head, const QTimeZone& zone,
                const Retention& retention);

    /// Leaves nothing beside the database that belongs into it.
    ~GroupWriter();

    GroupWriter(const GroupWriter&) = delete;
    GroupWriter& operator=(const GroupWriter&) = delete;

    WrittenGroup write(std::vector<WriteJob> jobs);

    /// What was committed while it was not sure that a start would find it, and is now: without jobs, which
    /// were told that it failed. Nothing mostly.
    std::optional<WrittenGroup> takeCertain();

    /// Why nothing will be written any more; nothing as long as that may change.
    std::optional<Error> end() const;

    /// A step of what is done while nothing waits. Returns whether there is more to do.
    bool tidyUp();

private:
    /// How a group ended that was tried without a way back for each of its writes.
    enum class Outcome { Done, NeedsUndo };

    bool isSound();
    void keepUntold();
    Result<void> writeGroup(const std::vector<WriteJob>& group);
    Result<Outcome> tryGroup(const std::vector<WriteJob>& group, bool undoable);
    Result<Outcome> doSlice(const WriteJob& job, Transaction& transaction);
    Result<Outcome> doJob(const WriteJob& job, Transaction& transaction);
    Result<Outcome> doUndoableJob(const WriteJob& job, Transaction& transaction);
    protocol::Timestamp ageNow() { return m_ageClock.at(protocol::now(), BootClock::now()); }

    const std::unique_ptr<WriteConnection> m_connection;
    Ledger m_ledger;
    Upkeep m_upkeep;
    Lateness m_lateness;
    AgeClock m_ageClock;
    std::optional<Outage> m_outage;
    WrittenGroup m_untold; ///< what was committed and nobody has heard of
};

} // namespace prism::store
