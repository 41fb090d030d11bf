#include "server/store/tables/audit_writer.h"

#include "shared/protocol/try.h"

namespace prism::store {

namespace {

constexpr qsizetype longestState = 16LL * 1024;

QByteArray kept(const QByteArray& state)
{
    return state.size() <= longestState
               ? state
               : "{\"omitted\":true,\"bytes\":" + QByteArray::number(state.size()) + '}';
}

} // namespace

Result<void> AuditWriter::add(const AuditEntry& entry)
{
    PRISM_TRY(m_connection.execute(
        "INSERT INTO audit (timestamp, token_id, token_name, address, action, subject, before, after, "
        "request_id, count, last_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        {protocol::toMillis(entry.at), entry.tokenId, entry.tokenName, entry.address, entry.action,
         entry.subject, kept(entry.before), kept(entry.after), entry.requestId, entry.count,
         protocol::toMillis(std::max(entry.at, entry.lastAt))}));
    return {};
}

Result<int> AuditWriter::trim(protocol::Timestamp olderThan, int most)
{
    return m_connection.execute("DELETE FROM audit WHERE ordinal IN (SELECT ordinal FROM audit WHERE "
                                "timestamp < ? ORDER BY timestamp LIMIT ?)",
                                {protocol::toMillis(olderThan), most});
}

} // namespace prism::store
