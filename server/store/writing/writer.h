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
    void run();
    void refuseEverything(const Error& error);
    void tell(WrittenGroup group);
    void settle(const std::vector<WriteJob>& jobs, const Error* failure);

    WriteQueue& m_queue;
    const QString m_file;
    const protocol::Seq m_head;
    const QTimeZone m_zone;
    const Hooks m_hooks;
    const Retention m_retention;
    std::thread m_thread;
};

} // namespace prism::store
