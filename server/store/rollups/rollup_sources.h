#pragma once

#include "server/store/rollups/rollup_source.h"

#include <map>
#include <memory>

namespace prism::store {

/// The numbers of everything, and those of the sets of projects that were asked for lately, each with what it
/// keeps of its sums. Lives on its connection's thread.
class RollupSources
{
public:
    RollupSources(ReadConnection& connection, const QTimeZone& zone);

    /// Of these projects, or of everything where there is none; to be asked within the snapshot that is read
    /// from. It stays until the next is asked for.
    Result<RollupSource*> of(const QStringList& projects);

private:
    struct Known
    {
        std::unique_ptr<RollupSource> source;
        quint64 lastUse = 0;
    };

    void makeRoom();

    ReadConnection& m_connection;
    const QTimeZone m_zone;
    RollupSource m_everything;
    std::map<QStringList, Known> m_sets;
    quint64 m_uses = 0;
};

} // namespace prism::store
