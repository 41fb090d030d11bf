#include "server/api/refused_sign_ins.h"

namespace prism::api {

namespace {

constexpr std::chrono::minutes counted{1};
constexpr int mostOfAddress = 10;
constexpr qsizetype mostAddresses = 10'000;

} // namespace

std::optional<std::chrono::seconds> RefusedSignIns::add(const QHostAddress& peer, Clock::time_point now)
{
    const http::AddressKey key = http::addressKeyOf(peer).value_or(http::AddressKey{});
    const std::lock_guard lock(m_mutex);
    if (now >= m_end) {
        m_counts.clear();
        m_ofOthers = 0;
        m_end = now + counted;
    }
    const bool isApart = m_counts.size() < mostAddresses || m_counts.contains(key);
    int& count = isApart ? m_counts[key] : m_ofOthers;
    if (count < mostOfAddress) {
        ++count;
        return std::nullopt;
    }
    return std::chrono::ceil<std::chrono::seconds>(m_end - now);
}

} // namespace prism::api
