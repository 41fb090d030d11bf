#pragma once

#include "server/app/config.h"
#include "server/http/connection_quota.h"
#include "server/http/listener.h"
#include "server/io/tls/entrance.h"

#include <functional>
#include <memory>
#include <vector>

namespace prism::app {

/// Where the server listens, with TLS in front or without: each connection takes its place of the quota and
/// is handed on. Owns the listening sockets and the threads of TLS. Lives on the main thread.
class Ports : public QObject
{
    Q_OBJECT

public:
    /// `port` is one of api::Port.
    using Sink =
        std::function<void(io::Descriptor descriptor, int port, http::ConnectionQuota::Ticket ticket)>;

    /// `sink` is called on the main thread, by the event loop.
    Ports(const Config& config, const http::TrustedProxies& proxies, http::ConnectionQuota& quota, Sink sink);

    /// Begins to listen: whoever connects waits in the kernel's queue until the event loop runs. Unavailable
    /// where a port is taken, or certificate or key of TLS cannot be used.
    protocol::Result<void> open();

    /// Reads certificate and key of TLS anew: see reloadTls().
    void reload();

    /// Accepts nobody any more, and ends the handshakes that are under way.
    void close();

    /// Waits until those have read what is left for them whose connections the others have let go of;
    /// drained() follows. After close().
    void drain();

    /// "http://HOST:PORT", and "ws://HOST:PORT/ws" of the WebSocket port (of the main one when that is off);
    /// https and wss with TLS, "unix:PATH" of a Unix socket.
    QString httpUrl() const;
    QString wsUrl() const;

    /// "http://HOST:PORT/metrics" of the listener for that alone; empty without one.
    QString metricsUrl() const;

    std::vector<const http::Listener*> listeners() const;
    const io::tls::Entrance* tls() const { return m_entrance.get(); } ///< null without it

signals:
    void drained();

private:
    protocol::Result<void> openEntrance();
    protocol::Result<void> listen(std::unique_ptr<http::Listener>& listener, const Endpoint& endpoint,
                                  int port);
    void take(io::Descriptor descriptor, int port);
    void takeScraper(io::Descriptor descriptor);

    const Config& m_config;
    const http::TrustedProxies& m_proxies;
    http::ConnectionQuota& m_quota;
    http::ConnectionQuota m_scrapers; ///< who asks for /metrics where nothing else is served
    const Sink m_sink;
    std::unique_ptr<io::tls::Entrance> m_entrance; ///< only with TLS
    std::unique_ptr<http::Listener> m_main;
    std::unique_ptr<http::Listener> m_webSocket; ///< only where there is one of its own
    std::unique_ptr<http::Listener> m_metrics;   ///< the same
};

} // namespace prism::app
