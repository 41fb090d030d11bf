#include "server/api/dashboard_cache.h"

#include "shared/protocol/json_reader.h"

namespace prism::api {

std::optional<QByteArray> DashboardCache::find(protocol::Period period, const QByteArray& tag)
{
    const std::lock_guard lock(m_mutex);
    const auto data = known(period, tag);
    ++(data ? m_hits : m_misses);
    return data;
}

std::optional<QByteArray> DashboardCache::peek(protocol::Period period, const QByteArray& tag)
{
    const std::lock_guard lock(m_mutex);
    const auto data = known(period, tag);
    m_hits += data ? 1 : 0;
    return data;
}

std::optional<QByteArray> DashboardCache::known(protocol::Period period, const QByteArray& tag) const
{
    const auto entry = m_entries.constFind(period);
    return entry == m_entries.constEnd() || entry->tag != tag ? std::nullopt : std::optional(entry->dataJson);
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

QJsonObject toJson(const DashboardCache::Figures& figures)
{
    const qint64 asked = figures.hits + figures.misses;
    const auto rate = asked > 0 ? std::optional(double(figures.hits) / double(asked)) : std::nullopt;
    return {{QLatin1String("hits"), figures.hits},
            {QLatin1String("misses"), figures.misses},
            {QLatin1String("hitRate"), protocol::rateJson(rate)},
            {QLatin1String("entries"), figures.entries},
            {QLatin1String("bytes"), figures.bytes}};
}

} // namespace prism::api
