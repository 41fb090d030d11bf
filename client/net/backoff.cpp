#include "client/net/backoff.h"

#include <QRandomGenerator>

#include <algorithm>

namespace prism::net {

Backoff::Backoff(std::chrono::milliseconds first, std::chrono::milliseconds longest,
                 std::function<double()> jitter)
    : m_first(first)
    , m_longest(longest)
    , m_jitter(jitter ? std::move(jitter) : [] { return QRandomGenerator::global()->generateDouble(); })
{
}

std::chrono::milliseconds Backoff::next()
{
    if (m_attempts++ == 0)
        return m_first;
    constexpr int enoughDoublings = 20;
    const auto whole = std::min(m_longest, m_first * (1 << std::min(m_attempts - 1, enoughDoublings)));
    const double share = 0.5 + 0.5 * std::clamp(m_jitter(), 0.0, 1.0);
    return std::chrono::milliseconds(static_cast<qint64>(static_cast<double>(whole.count()) * share));
}

} // namespace prism::net
