#pragma once

#include "server/store/tables/scope_reader.h"
#include "server/store/write_connection.h"

namespace prism::store {

/// Gives scopes to projects. Lives on its connection's thread.
class ScopeWriter : public ScopeReader
{
public:
    explicit ScopeWriter(WriteConnection& connection)
        : ScopeReader(connection)
        , m_connection(connection)
    {
    }

    /// The project's scope, which it gets where it has none.
    Result<Scope> give(const QString& project);

private:
    WriteConnection& m_connection;
};

} // namespace prism::store
