#pragma once

#include "server/http/hops.h"
#include "server/http/request.h"

#include <atomic>
#include <vector>

namespace prism::http {

/// A range of addresses, as "10.0.0.0/8" has it. A value.
struct Network
{
    QHostAddress address;
    int prefix = 0;

    /// Strictly: no bits beyond the prefix. One address is a range of its own.
    static std::optional<Network> read(const QString& text);

    bool isEverybody() const { return prefix == 0; }
    bool contains(const QHostAddress& each) const { return each.isInSubnet(address, prefix); }
};

/// Who in front of the server is believed about whom they pass requests on for. Used from any thread.
class TrustedProxies
{
public:
    struct Settings
    {
        std::vector<Network> networks;
        bool socketPeers = false; ///< whoever connects by a Unix socket
    };

    explicit TrustedProxies(Settings settings)
        : m_settings(std::move(settings))
    {
    }

    /// A null address is that of who connects by a Unix socket.
    bool trusts(const QHostAddress& address) const;

    /// Has the request say what the proxy that sent it says: whom it is from, by which scheme and of which
    /// host they asked. That is who stands rightmost in Forwarded or X-Forwarded-For and is no trusted proxy.
    /// Where there is nothing to be believed, nobody is believed: what contradicts itself, as when a proxy
    /// passes on what it should have replaced, and what cannot be read up to there.
    void apply(Request& head) const;

    /// How many requests of trusted proxies said what was not believed.
    quint64 unbelieved() const { return m_unbelieved.load(std::memory_order_relaxed); }

private:
    struct Told
    {
        QHostAddress address;
        qsizetype fromRight = 0; ///< its place in the list
        QByteArray proto;
        QByteArray host;
    };

    std::optional<Told> lastUntrusted(Hops hops, const QHostAddress& peer) const;
    bool believe(Request& head) const;

    const Settings m_settings;
    mutable std::atomic<quint64> m_unbelieved{0};
};

} // namespace prism::http
