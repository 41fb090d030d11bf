#include "server/api/dashboard_cache.h"

namespace prism::api {

std::optional<QByteArray> DashboardCache::find(protocol::Period period, const QByteArray& tag)
{
    const std::lock_guard lock(m_mutex);
    const auto entry = m_entries.constFind(period);
    if (entry == m_entries.constEnd() || entry->tag != tag) {
        ++m_misses;
        return std::nullopt;
    }
    ++m_hits;
    return entry->dataJson;
}

void DashboardCache::store(protocol::Period period, const QByteArray& tag, const QByteArray& dataJson)
{
    const std::lock_guard lock(m_mutex);
    m_entries.insert(period, Entry{tag, dataJson});
}

qint64 DashboardCache::clear()
{
    const std::lock_guard lock(m_mutex);
    const qint64 entries = m_entries.size();
    m_entries.clear();
    return entries;
}

DashboardCache::Figures DashboardCache::figures() const
{
    const std::lock_guard lock(m_mutex);
    Figures figures{m_hits, m_misses, m_entries.size(), 0};
    for (const Entry& entry : m_entries)
        figures.bytes += entry.tag.size() + entry.dataJson.size();
    return figures;
}

} // namespace prism::api
