#pragma once

#include "server/analytics/rollup_delta.h"
#include "server/analytics/window.h"
#include "server/store/tables/principle_reader.h"

#include <map>

namespace prism::store {

/// Sums what the rows say of a part of a quarter of an hour, which no rollup tells apart. Keeps those of the
/// last quarters' first parts: as time goes on, more of the same quarters is asked for. Lives on its
/// connection's thread.
class RowSums
{
public:
    /// Of these projects, or of all there is.
    explicit RowSums(ReadConnection& connection, QStringList projects = {})
        : m_connection(connection)
        , m_projects(std::move(projects))
        , m_principles(connection)
    {
    }

    Result<analytics::RollupDelta> sumOf(const analytics::Span& span);

    /// The same of a span that begins with its quarter.
    Result<analytics::RollupDelta> begun(const analytics::Span& span);

    /// There is more in the quarter, or it was marked.
    void forget(protocol::Timestamp quarter) { m_begun.erase(quarter); }
    void forgetAll() { m_begun.clear(); }

private:
    struct Begun
    {
        protocol::Timestamp to{};
        analytics::RollupDelta sum;
        quint64 lastUse = 0;
    };

    ReadConnection& m_connection;
    const QStringList m_projects;
    PrincipleReader m_principles;
    std::map<protocol::Timestamp, Begun> m_begun;
    quint64 m_uses = 0;
};

} // namespace prism::store
