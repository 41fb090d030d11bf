#pragma once

#include "server/store/writing/group_writer.h"

#include <thread>

namespace prism::store {

/// The one thread that writes: takes what is queued, has it committed as one group, makes what was written
/// hold, publishes its events in order and then acknowledges each write. While nothing waits, what is kept no
/// longer is removed.
class Writer
{
public:
    /// `head` is the last seq in the file, `zone` that whose days are counted. `queue` and
    /// `sink`, which is told of each group, outlive the writer.
    Writer(WriteQueue& queue, QString file, protocol::Seq head, const QTimeZone& zone, CommitSink& sink,
           const Retention& retention = {});

    /// Closes the queue, does what it holds, and joins the thread.
    ~Writer();

private:
    void run();
    void refuseEverything(const Error& error);
    void tell(WrittenGroup group);
    void settle(const std::vector<WriteJob>& jobs, const Error* failure);

    WriteQueue& m_queue;
    const QString m_file;
    const protocol::Seq m_head;
    const QTimeZone m_zone;
    CommitSink& m_sink;
    const Retention m_retention;
    std::thread m_thread;
};

} // namespace prism::store
