#include "server/api/dashboard_cache.h"

#include "shared/protocol/json_reader.h"

#include <algorithm>
#include <iterator>

namespace prism::api {

namespace {

constexpr std::size_t mostEntries = 512;

} // namespace

std::optional<QByteArray> DashboardCache::find(const Key& key, const QByteArray& tag)
{
    const std::lock_guard lock(m_mutex);
    const auto data = known(key, tag);
    ++(data ? m_hits : m_misses);
    return data;
}

std::optional<QByteArray> DashboardCache::peek(const Key& key, const QByteArray& tag)
{
    const std::lock_guard lock(m_mutex);
    const auto data = known(key, tag);
    m_hits += data ? 1 : 0;
    return data;
}

std::optional<QByteArray> DashboardCache::known(const Key& key, const QByteArray& tag) const
{
    const auto entry = m_entries.find(key);
    return entry == m_entries.end() || entry->second.tag != tag ? std::nullopt
                                                                : std::optional(entry->second.dataJson);
}

void DashboardCache::store(const Key& key, const QByteArray& tag, const QByteArray& dataJson)
{
    const std::lock_guard lock(m_mutex);
    m_entries.insert_or_assign(key, Entry{tag, dataJson, ++m_stored});
    if (m_entries.size() > mostEntries)
        m_entries.erase(
            std::ranges::min_element(m_entries, {}, [](const auto& entry) { return entry.second.stored; }));
}

qint64 DashboardCache::clear()
{
    const std::lock_guard lock(m_mutex);
    const qint64 entries = std::ssize(m_entries);
    m_entries.clear();
    return entries;
}

DashboardCache::Figures DashboardCache::figures() const
{
    const std::lock_guard lock(m_mutex);
    Figures figures{m_hits, m_misses, std::ssize(m_entries), 0};
    for (const auto& [key, entry] : m_entries)
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
