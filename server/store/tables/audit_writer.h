#pragma once

#include "server/store/tables/audit_entry.h"
#include "server/store/write_connection.h"

namespace prism::store {

/// Writes down who did what. Lives on its connection's thread.
class AuditWriter
{
public:
    explicit AuditWriter(WriteConnection& connection)
        : m_connection(connection)
    {
    }

    /// What is too long to be kept is said to be left out.
    Result<void> add(const AuditEntry& entry);

    /// Removes the oldest that are older than this, `most` at the most; how many.
    Result<int> trim(protocol::Timestamp olderThan, int most);

private:
    WriteConnection& m_connection;
};

} // namespace prism::store
