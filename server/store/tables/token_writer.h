#pragma once

#include "server/store/tables/token_reader.h"
#include "server/store/write_connection.h"

namespace prism::store {

/// Writes down which tokens there are. Lives on its connection's thread.
class TokenWriter : public TokenReader
{
public:
    explicit TokenWriter(WriteConnection& connection)
        : TokenReader(connection)
        , m_connection(connection)
    {
    }

    /// Instead of one with the same id, where there is one.
    Result<void> put(const Token& token);

    /// Whether there was one.
    Result<bool> remove(const QString& id);

    /// When it was used last.
    Result<void> noteUse(const QString& id, protocol::Timestamp used);

private:
    WriteConnection& m_connection;
};

} // namespace prism::store
