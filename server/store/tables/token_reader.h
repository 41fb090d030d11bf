#pragma once

#include "server/store/read_connection.h"
#include "server/store/tables/token.h"

namespace prism::store {

/// Reads which tokens there are. Lives on its connection's thread.
class TokenReader
{
public:
    explicit TokenReader(ReadConnection& connection)
        : m_connection(connection)
    {
    }

    /// The oldest first, those that have expired too.
    Result<std::vector<Token>> all();

    /// Nothing where there is none.
    Result<std::optional<Token>> find(const QString& id);

private:
    ReadConnection& m_connection;
};

} // namespace prism::store
