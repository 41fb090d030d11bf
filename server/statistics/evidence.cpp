#include "server/statistics/evidence.h"

#include <algorithm>
#include <cmath>

namespace prism::statistics {

namespace {

constexpr std::size_t leastBuckets = 10;
constexpr double leastThings = 100;
constexpr double farAbove = 4; ///< standard deviations
constexpr double fallToEnd = 3;

Usual usualOf(const std::vector<Hits>& buckets)
{
    double things = 0;
    double hits = 0;
    for (const Hits& bucket : buckets) {
        things += bucket.things;
        hits += bucket.hits;
    }
    const double rate = std::max(hits, 1.0) / things;
    double squares = 0;
    for (const Hits& bucket : buckets) {
        const double off = bucket.hits - rate * bucket.things;
        squares += off * off;
    }
    const auto count = double(buckets.size());
    return {rate, std::max(1.0, squares / (rate * things) * count / (count - 1))};
}

} // namespace

std::optional<Usual> Usual::of(const std::vector<Hits>& buckets)
{
    std::vector<Hits> known;
    double things = 0;
    for (const Hits& bucket : buckets) {
        if (bucket.things > 0)
            known.push_back(bucket);
        things += bucket.things;
    }
    if (known.size() < leastBuckets || things < leastThings)
        return std::nullopt;
    const Usual first = usualOf(known);
    std::erase_if(known, [&first](const Hits& bucket) {
        const double expected = first.rate * bucket.things;
        return bucket.hits - expected > farAbove * std::sqrt(first.dispersion * expected);
    });
    return usualOf(known);
}

Evidence::Evidence(const Usual& usual, double ratio, double threshold)
    : m_usual(usual)
    , m_ratio(ratio)
    , m_threshold(threshold)
{
}

void Evidence::add(const Hits& bucket)
{
    if (m_hasEnded) { // what it ended with was told
        m_value = 0;
        m_since = {};
        m_hasEnded = false;
    }
    if (bucket.things <= 0)
        return;
    const double expected = m_usual.rate * bucket.things;
    m_value += (bucket.hits * std::log(m_ratio) - (m_ratio - 1) * expected) / m_usual.dispersion;
    m_since.things += bucket.things;
    m_since.hits += bucket.hits;
    if (m_value <= 0) {
        m_value = 0;
        m_since = {};
    }
    if (m_value > 2 * m_threshold)
        m_state = State::High;
    else if (m_value > m_threshold && m_state == State::None)
        m_state = State::Medium;
    if (m_state != State::None)
        m_highest = std::max(m_highest, m_value);
}

void Evidence::close(const Hits& bucket)
{
    add(bucket);
    endIfFallen();
}

void Evidence::closeRaised(const Hits& bucket)
{
    add(bucket);
    if (m_state == State::None) {
        m_state = State::Medium;
        m_highest = m_threshold;
    }
    endIfFallen();
}

void Evidence::endIfFallen()
{
    if (m_state == State::None || m_highest - m_value < fallToEnd)
        return;
    m_state = State::None;
    m_highest = 0;
    m_hasEnded = true;
}

Evidence Evidence::with(const Hits& running) const
{
    Evidence now = *this;
    now.add(running);
    return now;
}

} // namespace prism::statistics
