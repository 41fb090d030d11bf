#include "server/store/rollups/known_buckets.h"

#include <algorithm>

namespace prism::store {

namespace {

/// More than all trends of one moment have; as time goes on, weeks begin on other days.
constexpr std::size_t mostBuckets = 8192;

} // namespace

const KnownBuckets::Facts* KnownBuckets::find(const analytics::Span& bucket) const
{
    const auto known = m_known.find({bucket.from, bucket.to});
    return known == m_known.end() ? nullptr : &known->second;
}

void KnownBuckets::keep(const analytics::Span& bucket, const Facts& facts)
{
    if (m_known.size() >= mostBuckets)
        forgetAll();
    m_known.insert_or_assign({bucket.from, bucket.to}, facts);
    m_longest = std::max(m_longest, std::chrono::milliseconds(bucket.to - bucket.from));
}

void KnownBuckets::forget(analytics::Timestamp quarter)
{
    auto bucket = m_known.upper_bound({quarter, analytics::Timestamp::max()});
    while (bucket != m_known.begin() && std::prev(bucket)->first.first + m_longest > quarter) {
        --bucket;
        if (bucket->first.second > quarter)
            bucket = m_known.erase(bucket);
    }
}

void KnownBuckets::forgetAll()
{
    m_known.clear();
    m_longest = {};
}

} // namespace prism::store
