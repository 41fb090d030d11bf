#include "server/http/connection_quota.h"

namespace prism::http {

ConnectionQuota::Ticket ConnectionQuota::take(const QHostAddress& peer)
{
    const std::optional<AddressKey> key = addressKeyOf(peer);
    const std::lock_guard lock(m_mutex);
    const int taken = m_taken.load(std::memory_order_relaxed);
    const bool isOver = key && m_shares.value(*key) >= m_limits.ofAddress;
    if (taken >= m_limits.all || isOver) {
        m_refused.fetch_add(1, std::memory_order_relaxed);
        return nullptr;
    }
    m_taken.store(taken + 1, std::memory_order_relaxed);
    if (key)
        ++m_shares[*key];
    return {this, [key](ConnectionQuota* quota) { quota->giveBack(key); }};
}

ConnectionQuota::Ticket ConnectionQuota::takeShare(const QHostAddress& peer)
{
    const std::optional<AddressKey> key = addressKeyOf(peer);
    if (!key)
        return {this, [](ConnectionQuota*) {}};
    const std::lock_guard lock(m_mutex);
    if (m_shares.value(*key) >= m_limits.ofAddress) {
        m_refused.fetch_add(1, std::memory_order_relaxed);
        return nullptr;
    }
    ++m_shares[*key];
    return {this, [key = *key](ConnectionQuota* quota) {
                const std::lock_guard giving(quota->m_mutex);
                quota->giveShareBack(key);
            }};
}

void ConnectionQuota::giveBack(const std::optional<AddressKey>& key)
{
    const std::lock_guard lock(m_mutex);
    m_taken.store(m_taken.load(std::memory_order_relaxed) - 1, std::memory_order_relaxed);
    if (key)
        giveShareBack(*key);
}

void ConnectionQuota::giveShareBack(const AddressKey& key)
{
    const auto share = m_shares.find(key);
    if (--*share == 0)
        m_shares.remove(key);
}

ConnectionQuota::Ticket bothOf(const ConnectionQuota::Ticket& one, const ConnectionQuota::Ticket& other)
{
    if (!one || !other)
        return one ? one : other;
    return std::make_shared<std::pair<ConnectionQuota::Ticket, ConnectionQuota::Ticket>>(one, other);
}

} // namespace prism::http
