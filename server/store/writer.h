#pragma once

#include "server/store/write_queue.h"

#include <thread>

namespace prism::store {

/// The one thread that writes: takes what is queued, commits it as one group, publishes its events in order
/// and then acknowledges each write. Owns the write connection.
class Writer
{
public:
    /// Called on the writer's thread after each commit, with the events of that commit in order.
    using Publish = std::function<void(std::vector<StoredEvent>)>;

    /// `head` is the last seq in the file. `queue` outlives the writer.
    Writer(WriteQueue& queue, QString file, protocol::Seq head, Publish publish);

    /// Closes the queue, does what it holds, and joins the thread.
    ~Writer();

private:
    void run();
    void refuseEverything(const Error& error);
    void commitGroup(const std::vector<WriteJob>& group, Database& database, Transaction& transaction);
    Result<void> doGroup(const std::vector<WriteJob>& group, Database& database, Transaction& transaction);
    Result<void> doJob(const WriteJob& job, Database& database, Transaction& transaction);

    WriteQueue& m_queue;
    const QString m_file;
    const protocol::Seq m_head;
    const Publish m_publish;
    std::thread m_thread;
};

} // namespace prism::store
