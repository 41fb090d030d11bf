#pragma once

#include "server/store/tables/event_reader.h"
#include "server/store/writing/write_queue.h"

#include <chrono>
#include <vector>

namespace prism::store {

/// What became of one group of writes, for those who count.
struct Commit
{
    bool succeeded = false;
    Weight weight{0, 0, 0};
    std::size_t events = 0;
    std::chrono::nanoseconds duration{}; ///< from BEGIN until it was on the disk, or given up
};

/// Hears what the writer does. Every call comes on the writer's thread, for each group in this order.
class CommitSink
{
public:
    CommitSink() = default;
    CommitSink(const CommitSink&) = delete;
    CommitSink& operator=(const CommitSink&) = delete;
    virtual ~CommitSink() = default;

    /// Before anybody hears what became of the group.
    virtual void committed(const Commit& commit) = 0;

    /// The events of a group that is on the disk, in order, before its writes are acknowledged. Not called
    /// for a group without any.
    virtual void publish(const std::vector<StoredEvent>& events) = 0;

    /// When each write of the group has been told. A thread that is woken before often takes the writer's
    /// place, once for each answer.
    virtual void settled() = 0;

    /// Once: nothing will be written any more while this process goes on, which had better end.
    virtual void ended(const Error& /*why*/) {}
};

} // namespace prism::store
