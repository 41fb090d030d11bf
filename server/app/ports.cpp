#include "server/app/ports.h"

#include "server/api/api.h"
#include "server/app/tls_entrance.h"
#include "shared/protocol/try.h"

#include <utility>

namespace prism::app {

using protocol::Error;
using protocol::ErrorCode;
using protocol::Failure;
using protocol::Result;

namespace {

QString hostAndPort(const QHostAddress& address, quint16 port)
{
    const bool v6 = address.protocol() == QAbstractSocket::IPv6Protocol;
    return (v6 ? QStringLiteral("[%1]:%2") : QStringLiteral("%1:%2")).arg(address.toString()).arg(port);
}

/// More than any number of scrapers needs, and so few that they take nothing from anybody else.
constexpr http::ConnectionQuota::Limits ofScrapers{16, 8};

} // namespace

Ports::Ports(const Config& config, const http::TrustedProxies& proxies, http::ConnectionQuota& quota,
             Sink sink)
    : m_config(config)
    , m_proxies(proxies)
    , m_quota(quota)
    , m_scrapers(ofScrapers)
    , m_sink(std::move(sink))
{
}

Result<void> Ports::open()
{
    if (m_config.hasTls())
        PRISM_TRY(openEntrance());
    PRISM_TRY(listen(m_main, m_config.listen, api::Port::Main));
    if (m_config.wsListen)
        PRISM_TRY(listen(m_webSocket, *m_config.wsListen, api::Port::WebSocketOnly));
    if (m_config.metricsListen)
        PRISM_TRY(listen(m_metrics, *m_config.metricsListen, api::Port::MetricsOnly));
    return {};
}

Result<void> Ports::openEntrance()
{
    PRISM_TRY_ASSIGN(
        m_entrance, openTlsEntrance(m_config, [this](io::Descriptor descriptor, int port,
                                                     http::ConnectionQuota::Ticket ticket, bool isPlain) {
            m_sink(std::move(descriptor), isPlain ? api::Port::PlainAtTls : port, std::move(ticket));
        }));
    connect(m_entrance.get(), &io::tls::Entrance::drained, this, &Ports::drained);
    return {};
}

Result<void> Ports::listen(std::unique_ptr<http::Listener>& listener, const Endpoint& endpoint, int port)
{
    listener = std::make_unique<http::Listener>(
        [this, port](io::Descriptor descriptor) {
            if (port == api::Port::MetricsOnly)
                takeScraper(std::move(descriptor));
            else
                take(std::move(descriptor), port);
        },
        nullptr);
    const Result<void> listening = endpoint.isSocket() ? listener->listen(endpoint.path)
                                                       : listener->listen(endpoint.address, endpoint.port);
    if (listening)
        return {};
    return Failure(
        Error{ErrorCode::Unavailable,
              QStringLiteral("Cannot listen at %1: %2.")
                  .arg(endpoint.isSocket() ? endpoint.path : hostAndPort(endpoint.address, endpoint.port),
                       listening.error().message)});
}

/// A proxy's connections serve many addresses: each has its share of what it asks there.
void Ports::take(io::Descriptor descriptor, int port)
{
    const bool isOfMany = m_proxies.trusts(descriptor.peer());
    http::ConnectionQuota::Ticket ticket = m_quota.take(isOfMany ? QHostAddress() : descriptor.peer());
    if (m_entrance)
        m_entrance->take(std::move(descriptor), port, std::move(ticket));
    else
        m_sink(std::move(descriptor), port, std::move(ticket));
}

/// Who gets no place here is turned away: nobody waits for a number that comes later.
void Ports::takeScraper(io::Descriptor descriptor)
{
    if (http::ConnectionQuota::Ticket ticket = m_scrapers.take(descriptor.peer()))
        m_sink(std::move(descriptor), api::Port::MetricsOnly, std::move(ticket));
}

void Ports::reload()
{
    if (m_entrance)
        reloadTls(m_config, *m_entrance);
}

void Ports::close()
{
    for (http::Listener* const listener : {m_main.get(), m_webSocket.get(), m_metrics.get()}) {
        if (listener)
            listener->close();
    }
    if (m_entrance)
        m_entrance->close();
}

void Ports::drain()
{
    if (m_entrance)
        m_entrance->drain();
    else
        emit drained();
}

QString Ports::httpUrl() const
{
    if (m_config.listen.isSocket())
        return QStringLiteral("unix:") + m_config.listen.path;
    return (m_config.hasTls() ? QStringLiteral("https://") : QStringLiteral("http://")) +
           hostAndPort(m_main->address(), m_main->port());
}

QString Ports::wsUrl() const
{
    if (m_config.listen.isSocket() && !m_webSocket)
        return httpUrl();
    const http::Listener& listener = m_webSocket ? *m_webSocket : *m_main;
    return (m_config.hasTls() ? QStringLiteral("wss://%1/ws") : QStringLiteral("ws://%1/ws"))
        .arg(hostAndPort(listener.address(), listener.port()));
}

QString Ports::metricsUrl() const
{
    return m_metrics
               ? QStringLiteral("http://%1/metrics").arg(hostAndPort(m_metrics->address(), m_metrics->port()))
               : QString();
}

std::vector<const http::Listener*> Ports::listeners() const
{
    std::vector<const http::Listener*> all{m_main.get()};
    if (m_webSocket)
        all.push_back(m_webSocket.get());
    if (m_metrics)
        all.push_back(m_metrics.get());
    return all;
}

} // namespace prism::app
