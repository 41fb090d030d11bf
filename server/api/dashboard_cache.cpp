#include "server/api/dashboard_cache.h"

namespace prism::api {

std::optional<QByteArray> DashboardCache::find(protocol::Period period, const QByteArray& tag) const
{
    const std::lock_guard lock(m_mutex);
    const auto entry = m_entries.find(period);
    if (entry == m_entries.end() || entry->tag != tag)
        return std::nullopt;
    return entry->dataJson;
}

void DashboardCache::store(protocol::Period period, const QByteArray& tag, const QByteArray& dataJson)
{
    const std::lock_guard lock(m_mutex);
    m_entries.insert(period, Entry{tag, dataJson});
}

} // namespace prism::api
