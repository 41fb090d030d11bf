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

    /// Nothing where the project was never seen, or came when there were too many.
    Result<std::optional<Scope>> scopeOf(const QString& project);

    /// Of several projects, those that have one. Validation where one has none although there may be checks
    /// of it, as there are as many as may be.
    Result<ScopeSet> scopesOf(const QStringList& projects);

    /// All there are, rising.
    Result<Scopes> all();

    /// Whether no other project gets one.
    Result<bool> areFull();

private:
    ReadConnection& m_connection;
};

} // namespace prism::store
