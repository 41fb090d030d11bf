#pragma once

#include "server/store/database.h"
#include "server/store/writing/group_writer.h"

#include <thread>

namespace prism::store {

/// The one thread that writes: takes what is queued, has it committed as one group, makes what was written
/// hold, publishes its events in order and then acknowledges each write. While nothing waits, what is kept no
/// longer is removed.
class Writer
{
public:
    /// `head` is the last seq in the log, `zone` that whose days are counted. `queue`, `database` and `sink`,
    /// which is told of each group, outlive the writer.
    Writer(WriteQueue& queue, const Database& database, protocol::Seq head, const QTimeZone& zone,
           CommitSink& sink, const Retention& retention = {});

    /// Closes the queue, does what it holds, and joins the thread.
    ~Writer();

private:
    void run();
    void refuseEverything(const Error& error);
    void tell(WrittenGroup group);
    void tellTheEnd(const GroupWriter& groups);
    void settle(std::vector<WriteJob> jobs, const Error* failure);

    WriteQueue& m_queue;
    const Database& m_database;
    const protocol::Seq m_head;
    const QTimeZone m_zone;
    CommitSink& m_sink;
    const Retention m_retention;
    bool m_hasEnded = false;
    std::thread m_thread;
};

} // namespace prism::store
