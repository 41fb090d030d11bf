#pragma once

#include "server/store/read_connection.h"
#include "server/store/rollups/scope.h"

namespace prism::store {

/// Reads which projects are counted by themselves, each under the number of its scope. Lives on its
/// connection's thread.
class ScopeReader
{
public:
    explicit ScopeReader(ReadConnection& connection)
        : m_connection(connection)
    {
    }

    /// Nothing where the project was never seen.
    Result<std::optional<Scope>> scopeOf(const QString& project);

    /// Of several projects, those that have one.
    Result<ScopeSet> scopesOf(const QStringList& projects);

    /// All there are, rising.
    Result<Scopes> all();

private:
    ReadConnection& m_connection;
};

} // namespace prism::store
