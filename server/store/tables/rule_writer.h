#pragma once

#include "server/store/tables/rule_reader.h"
#include "server/store/write_connection.h"

namespace prism::store {

/// Writes the versions of the rules. Lives on its connection's thread.
class RuleWriter : public RuleReader
{
public:
    explicit RuleWriter(WriteConnection& connection)
        : RuleReader(connection)
        , m_connection(connection)
    {
    }

    /// Adds the rules under the next version, which they are returned with, and removes the oldest beyond
    /// `kept`, 1 or more.
    Result<StoredRules> add(StoredRules rules, int kept);

private:
    WriteConnection& m_connection;
};

} // namespace prism::store
