#include "tests/support/network_link.h"

#include "tests/support/faulty_network.h"

#include <QTcpSocket>

#include <algorithm>

namespace prism::test {

using Traffic = FaultyNetwork::Traffic;

namespace {

constexpr std::chrono::milliseconds tick{5};

} // namespace

NetworkLink::NetworkLink(QTcpSocket* client, quint16 port, FaultyNetwork& network)
    : QObject(&network)
    , m_network(network)
    , m_client(client)
    , m_server(new QTcpSocket(this))
    , m_up{m_client, m_server}
    , m_down{m_server, m_client}
{
    client->setParent(this);
    client->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, [this] { pass(); });
    connect(m_client, &QTcpSocket::readyRead, this, [this] { take(m_up); });
    connect(m_server, &QTcpSocket::readyRead, this, [this] { take(m_down); });
    connect(m_server, &QTcpSocket::connected, this, [this] {
        m_server->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        pass();
    });
    // A goodbye is on its way like anything else: what was sent before it comes first.
    connect(m_client, &QTcpSocket::disconnected, this, [this] { pass(); });
    connect(m_server, &QTcpSocket::disconnected, this, [this] { pass(); });
    connect(m_server, &QTcpSocket::errorOccurred, this, [this] {
        if (m_server->state() == QAbstractSocket::UnconnectedState)
            pass();
    });
    m_server->connectToHost(QStringLiteral("127.0.0.1"), port);
}

void NetworkLink::apply()
{
    const Traffic traffic = m_network.trafficOf(m_session);
    if (traffic != Traffic::Passes && !m_troubled) {
        m_troubled = true;
        ++m_network.m_troubled;
    }
    if (traffic == Traffic::Refused)
        end();
    else
        pass();
}

void NetworkLink::take(Way& way)
{
    way.chunks.push_back({Clock::now() + m_network.m_delay, way.from->readAll()});
    if (!m_known && &way == &m_up) {
        m_known = true;
        m_session = way.chunks.front().bytes.startsWith("GET /ws");
        apply();
        return;
    }
    pass();
}

void NetworkLink::pass()
{
    if (m_network.trafficOf(m_session) != Traffic::Passes)
        return; // until apply()
    pass(m_up, 0);
    pass(m_down, m_network.m_rate);
    const bool waits = !m_up.chunks.empty() || !m_down.chunks.empty();
    if (isOver())
        end();
    else if (!waits)
        m_timer.stop();
    else if (!m_timer.isActive())
        m_timer.start(tick);
}

void NetworkLink::pass(Way& way, qint64 bytesPerSecond)
{
    const Clock::time_point now = Clock::now();
    while (!way.chunks.empty() && way.chunks.front().due <= now &&
           way.to->state() == QAbstractSocket::ConnectedState) {
        QByteArray& bytes = way.chunks.front().bytes;
        qsizetype count = bytes.size();
        if (bytesPerSecond > 0) {
            if (way.free > now)
                return;
            const qint64 each = bytesPerSecond * tick.count() / 1'000;
            count = std::clamp<qsizetype>(each, 1, bytes.size());
            way.free = std::max(way.free, now - tick) +
                       std::chrono::microseconds(count * 1'000'000 / bytesPerSecond);
        }
        way.to->write(bytes.constData(), count);
        bytes.remove(0, count);
        if (bytes.isEmpty())
            way.chunks.pop_front();
    }
}

bool NetworkLink::isOver() const
{
    const bool clientGone = m_client->state() == QAbstractSocket::UnconnectedState;
    const bool serverGone = m_server->state() == QAbstractSocket::UnconnectedState;
    return (clientGone && m_up.chunks.empty()) || (serverGone && m_down.chunks.empty());
}

void NetworkLink::end()
{
    m_timer.stop();
    disconnect(m_client, nullptr, this, nullptr);
    disconnect(m_server, nullptr, this, nullptr);
    if (m_network.trafficOf(m_session) == Traffic::Refused) {
        m_client->abort();
        m_server->abort();
    } else {
        m_client->disconnectFromHost(); // after the bytes that wait in it
        m_server->disconnectFromHost();
    }
    m_network.m_links.removeOne(this);
    deleteLater();
}

} // namespace prism::test
