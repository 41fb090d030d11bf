#include "server/store/rollups/rollup_sources.h"

#include "server/store/tables/scope_reader.h"
#include "shared/protocol/try.h"

#include <algorithm>

namespace prism::store {

namespace {

constexpr std::size_t mostSets = 32;

} // namespace

RollupSources::RollupSources(ReadConnection& connection, const QTimeZone& zone)
    : m_connection(connection)
    , m_zone(zone)
    , m_everything(connection, zone)
{
}

/// A project may have been seen for the first time since.
Result<RollupSource*> RollupSources::of(const QStringList& projects)
{
    if (projects.isEmpty())
        return &m_everything;
    PRISM_TRY_ASSIGN(const ScopeSet set, ScopeReader(m_connection).scopesOf(projects));
    Known& known = m_sets[projects];
    known.lastUse = ++m_uses;
    if (!known.source || known.source->scopes() != set.scopes)
        known.source = std::make_unique<RollupSource>(m_connection, m_zone, set);
    RollupSource* const source = known.source.get();
    makeRoom();
    return source;
}

void RollupSources::makeRoom()
{
    if (m_sets.size() > mostSets)
        m_sets.erase(
            std::ranges::min_element(m_sets, {}, [](const auto& entry) { return entry.second.lastUse; }));
}

} // namespace prism::store
