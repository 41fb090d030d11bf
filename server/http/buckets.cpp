#include "server/http/buckets.h"

#include <algorithm>

namespace prism::http {

namespace {

/// Those that are full are looked for so often at most, where no place is left.
constexpr std::chrono::milliseconds sweepInterval{10};

/// For how long nothing is there at most, whatever was used: one large body is no reason to wait for hours.
constexpr std::chrono::minutes longestDebt{1};

constexpr double mostNanoseconds = 1e18; // which can be added to a moment

} // namespace

Buckets::Buckets(const Limit& limit, std::size_t most)
    : m_limit(limit)
    , m_nanosecondsEach(limit.perSecond > 0 ? 1e9 / double(limit.perSecond) : 0)
    , m_mostOfShard(std::max<std::size_t>(most / shards, 1))
{
}

/// The generic cell rate algorithm: each unit moves the moment at which the bucket is full, which may not be
/// further away than it takes to fill an empty one.
Buckets::Level Buckets::take(Key key, qint64 amount, Clock::time_point now, bool isUsed)
{
    if (!isLimited())
        return {};
    const std::chrono::nanoseconds whole = m_limit.saved;
    const std::chrono::nanoseconds cost(
        qint64(std::min(double(amount) * m_nanosecondsEach, mostNanoseconds)));
    Shard& shard = m_shards[key % shards];
    std::chrono::nanoseconds taken{};
    {
        const std::lock_guard lock(shard.mutex);
        Clock::time_point& full = placeOf(shard, key, now);
        full = std::max(full, now);
        taken = full - now + cost;
        if (isUsed || taken <= whole) {
            full = std::min(full + cost, now + whole + longestDebt);
            return {true,
                    std::max<qint64>(qint64(double((whole - taken).count()) / m_nanosecondsEach), 0),
                    taken,
                    {}};
        }
    }
    m_refusals.fetch_add(1, std::memory_order_relaxed);
    return {false, 0, taken - cost, taken - whole};
}

/// The clock of a moment ago may have been read on another thread.
Buckets::Clock::time_point& Buckets::placeOf(Shard& shard, Key key, Clock::time_point now) const
{
    if (const auto known = shard.full.find(key); known != shard.full.end())
        return *known;
    if (std::size_t(shard.full.size()) >= m_mostOfShard && now - shard.swept >= sweepInterval) {
        shard.swept = now;
        shard.full.removeIf([now](const auto& each) { return each.value() <= now; });
    }
    return std::size_t(shard.full.size()) < m_mostOfShard ? shard.full[key] : shard.others;
}

std::size_t Buckets::size() const
{
    std::size_t all = 0;
    for (const Shard& shard : m_shards) {
        const std::lock_guard lock(shard.mutex);
        all += std::size_t(shard.full.size());
    }
    return all;
}

} // namespace prism::http
