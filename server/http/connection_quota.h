#pragma once

#include "server/http/address_key.h"

#include <QHash>

#include <atomic>
#include <memory>
#include <mutex>

namespace prism::http {

/// Counts the connections that are open, HTTP and WebSocket alike, altogether and by address, so that no
/// address has more than its share. Shared by all threads; takes its lock once when a connection comes and
/// once when it goes.
class ConnectionQuota
{
public:
    struct Limits
    {
        int all = 1;
        int ofAddress = 1; ///< those of one AddressKey
    };

    explicit ConnectionQuota(const Limits& limits)
        : m_limits(limits)
    {
    }

    /// Keeps one place taken for as long as it lives.
    using Ticket = std::shared_ptr<void>;

    /// A ticket for a connection that comes from `peer`, or null when all places or those of its address are
    /// taken. A peer without an address has no share that it could exceed. The quota outlives its tickets.
    Ticket take(const QHostAddress& peer);

    /// A place among those of the address alone, for who comes by the connection of another; null when all of
    /// them are taken.
    Ticket takeShare(const QHostAddress& peer);

    int taken() const { return m_taken.load(std::memory_order_relaxed); }

    /// How many got none.
    quint64 refused() const { return m_refused.load(std::memory_order_relaxed); }

private:
    void giveBack(const std::optional<AddressKey>& key);
    void giveShareBack(const AddressKey& key);

    const Limits m_limits;
    std::mutex m_mutex;
    QHash<AddressKey, int> m_shares;
    std::atomic<int> m_taken{0};
    std::atomic<quint64> m_refused{0};
};

/// One that keeps both places taken.
ConnectionQuota::Ticket bothOf(const ConnectionQuota::Ticket& one, const ConnectionQuota::Ticket& other);

} // namespace prism::http
