#pragma once

#include "server/store/tables/outcome_reader.h"
#include "server/store/write_connection.h"

namespace prism::store {

/// Remembers what came of writes that may be sent twice. Lives on its connection's thread.
class OutcomeWriter : public OutcomeReader
{
public:
    /// `remembered` is borrowed, and counts what remember() stored.
    OutcomeWriter(WriteConnection& connection, int& remembered)
        : OutcomeReader(connection)
        , m_connection(connection)
        , m_remembered(remembered)
    {
    }

    Result<void> remember(const QByteArray& key, const StoredOutcome& outcome, protocol::Timestamp now);

    /// Forgets outcomes from before `oldest`, `most` of them at the most; how many.
    Result<int> trim(protocol::Timestamp oldest, int most);

private:
    WriteConnection& m_connection;
    int& m_remembered;
};

} // namespace prism::store
