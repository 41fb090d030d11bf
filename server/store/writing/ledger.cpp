#include "server/store/writing/ledger.h"

#include "shared/protocol/try.h"

namespace prism::store {

Ledger::Ledger(WriteConnection& connection, protocol::Seq head)
    : m_rollups(connection)
    , m_falsePositives(connection)
    , m_head(head)
{
}

void Ledger::note(StoredEvent event)
{
    m_head = event.seq;
    m_events.push_back(std::move(event));
}

/// The number may have been another one's, that was undone.
void Ledger::noteInWriting(qint64 check, std::weak_ptr<const StagedChecks> writer)
{
    m_inWriting.insert_or_assign(check, std::move(writer));
}

std::set<qint64> Ledger::inWriting()
{
    std::erase_if(m_inWriting, [](const auto& entry) { return entry.second.expired(); });
    std::set<qint64> checks;
    for (const auto& [check, writer] : m_inWriting)
        checks.insert(check);
    return checks;
}

void Ledger::returnTo(const Mark& mark)
{
    m_head -= protocol::Seq(m_events.size() - mark.announced);
    m_events.resize(mark.announced);
    m_calls.resize(mark.calls);
    m_records = mark.records;
    m_rollups.returnTo(mark.rollups);
    m_falsePositives.returnTo(mark.falsePositives);
}

Result<void> Ledger::write(WriteConnection& connection)
{
    PRISM_TRY(m_records.write(connection));
    PRISM_TRY(m_falsePositives.write());
    return m_rollups.write();
}

} // namespace prism::store
