#pragma once

#include "server/store/rollups/rollup_counter.h"
#include "server/store/tables/event_reader.h"
#include "server/store/tables/record_counts.h"
#include "server/store/writing/false_positives.h"

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <vector>

namespace prism::store {

class StagedChecks;

/// What the groups of writes have come to beside their rows: how far the log of events is, what was announced
/// and who is to be told after the commit, and what is still to be counted, once for the whole group. Lives
/// on the writer's thread; Transaction is who writes in it.
class Ledger
{
public:
    /// `head` is the last seq in the log.
    Ledger(WriteConnection& connection, protocol::Seq head);

    RecordCounts& records() { return m_records; }
    RollupCounter& rollups() { return m_rollups; }
    FalsePositives& falsePositives() { return m_falsePositives; }

    /// How many outcomes of writes were remembered since this was set to 0, those that were undone included.
    int& rememberedOutcomes() { return m_rememberedOutcomes; }

    /// The last seq given.
    protocol::Seq head() const { return m_head; }

    /// `event` has the seq behind the head.
    void note(StoredEvent event);

    /// How many events were noted since the last takeEvents().
    std::size_t announced() const { return m_events.size(); }
    std::vector<StoredEvent> takeEvents() { return std::exchange(m_events, {}); }

    /// Until it goes, `writer` writes the check a part at a time.
    void noteInWriting(qint64 check, std::weak_ptr<const StagedChecks> writer);
    std::set<qint64> inWriting();

    void callAfterCommit(std::function<void()> call) { m_calls.push_back(std::move(call)); }
    std::vector<std::function<void()>> takeCalls() { return std::exchange(m_calls, {}); }

    /// What stands here at one moment.
    struct Mark
    {
        std::size_t announced = 0;
        std::size_t calls = 0;
        RecordCounts records{};
        std::size_t rollups = 0;
        FalsePositives::Mark falsePositives{};
    };

    Mark mark() const
    {
        return {m_events.size(), m_calls.size(), m_records, m_rollups.mark(), m_falsePositives.mark()};
    }

    /// Goes back to the mark: the rows written since were undone. Nothing was taken since.
    void returnTo(const Mark& mark);

    /// Writes what is to be counted; to be called before the commit.
    Result<void> write(WriteConnection& connection);

private:
    RecordCounts m_records;
    RollupCounter m_rollups;
    FalsePositives m_falsePositives;
    int m_rememberedOutcomes = 0;
    protocol::Seq m_head;
    std::vector<StoredEvent> m_events;
    std::vector<std::function<void()>> m_calls;
    std::map<qint64, std::weak_ptr<const StagedChecks>> m_inWriting;
};

} // namespace prism::store
