#include "server/io/tls/entrance.h"

#include <QMetaObject>

#include <algorithm>
#include <utility>

namespace prism::io::tls {

Entrance::Entrance(const Settings& settings, const ContextPtr& context, Sink sink, QObject* parent)
    : QObject(parent)
    , m_sink(std::move(sink))
{
    for (int i = 0; i < settings.pumps; ++i)
        m_pumps.push_back(std::make_unique<Pump>(settings.slowest, [this] {
            QMetaObject::invokeMethod(this, &Entrance::tellDrained, Qt::QueuedConnection);
        }));
    const int receptions = std::max(1, settings.pumps / 2);
    HandshakeLimits share = settings.handshakes;
    for (std::size_t* const number : {&share.most, &share.mostWithoutTicket})
        *number = std::max<std::size_t>(*number / std::size_t(receptions), 1);
    for (int i = 0; i < receptions; ++i)
        m_receptions.push_back(std::make_unique<Reception>(
            share, context, [this](Reception::Outcome outcome) { receive(std::move(outcome)); }));
}

Entrance::~Entrance()
{
    stop();
}

protocol::Result<void> Entrance::start()
{
    const bool isStarted =
        std::all_of(m_pumps.cbegin(), m_pumps.cend(), [](const auto& pump) { return pump->start(); }) &&
        std::all_of(m_receptions.cbegin(), m_receptions.cend(),
                    [](const auto& reception) { return reception->start(); });
    if (isStarted)
        return {};
    return protocol::Failure(protocol::Error{
        protocol::ErrorCode::Unavailable, QStringLiteral("No thread or no descriptor is left for TLS."), {}});
}

void Entrance::take(Descriptor peer, int tag, Link::Ticket ticket)
{
    if (m_isClosed)
        return;
    m_receptions[m_nextReception++ % m_receptions.size()]->take(std::move(peer), tag, std::move(ticket));
}

void Entrance::setContext(const ContextPtr& context)
{
    for (const auto& reception : m_receptions)
        reception->setContext(context);
}

Figures Entrance::figures() const
{
    Figures all;
    for (const auto& reception : m_receptions) {
        const Figures share = reception->figures();
        all.done += share.done;
        all.failed += share.failed;
        all.late += share.late;
        all.plain += share.plain;
        all.running += share.running;
    }
    all.open = open();
    return all;
}

quint64 Entrance::open() const
{
    quint64 all = 0;
    for (const auto& pump : m_pumps)
        all += pump->open();
    return all;
}

/// On a reception's thread.
void Entrance::receive(Reception::Outcome outcome)
{
    const bool isPlain = outcome.link == nullptr;
    if (!isPlain)
        m_pumps[m_nextPump.fetch_add(1, std::memory_order_relaxed) % m_pumps.size()]->take(
            std::move(outcome.link));
    QMetaObject::invokeMethod(
        this,
        [this, descriptor = std::move(outcome.descriptor), tag = outcome.tag,
         ticket = std::move(outcome.ticket), isPlain]() mutable {
            if (!m_isClosed)
                m_sink(std::move(descriptor), tag, std::move(ticket), isPlain);
        },
        Qt::QueuedConnection);
}

void Entrance::close()
{
    m_isClosed = true;
    for (const auto& reception : m_receptions)
        reception->stop();
}

void Entrance::drain()
{
    m_isDraining = true;
    tellDrained();
}

void Entrance::tellDrained()
{
    if (m_isDraining && open() == 0) {
        m_isDraining = false;
        emit drained();
    }
}

void Entrance::stop()
{
    close();
    for (const auto& pump : m_pumps)
        pump->stop();
}

} // namespace prism::io::tls
