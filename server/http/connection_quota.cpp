#include "server/http/connection_quota.h"

#include <QtEndian>

namespace prism::http {

ConnectionQuota::Ticket ConnectionQuota::take(const QHostAddress& peer)
{
    const std::optional<Key> key = keyOf(peer);
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

void ConnectionQuota::giveBack(const std::optional<Key>& key)
{
    const std::lock_guard lock(m_mutex);
    m_taken.store(m_taken.load(std::memory_order_relaxed) - 1, std::memory_order_relaxed);
    if (!key)
        return;
    const auto share = m_shares.find(*key);
    if (--*share == 0)
        m_shares.remove(*key);
}

std::optional<ConnectionQuota::Key> ConnectionQuota::keyOf(const QHostAddress& peer)
{
    bool isIPv4 = false;
    if (const quint32 v4 = peer.toIPv4Address(&isIPv4); isIPv4)
        return Key{4, v4};
    if (peer.protocol() != QAbstractSocket::IPv6Protocol)
        return std::nullopt;
    const Q_IPV6ADDR v6 = peer.toIPv6Address();
    return Key{6, qFromBigEndian<quint64>(v6.c)};
}

} // namespace prism::http
