#include "tests/support/faulty_network.h"

#include "tests/support/network_link.h"

#include <QTcpSocket>

namespace prism::test {

FaultyNetwork::FaultyNetwork(quint16 port)
    : m_serverPort(port)
{
    connect(&m_listener, &QTcpServer::newConnection, this, &FaultyNetwork::accept);
    if (!m_listener.listen(QHostAddress::LocalHost))
        qFatal("no free port: %s", qPrintable(m_listener.errorString()));
}

FaultyNetwork::~FaultyNetwork() = default;

QUrl FaultyNetwork::url() const
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(m_listener.serverPort()));
}

void FaultyNetwork::setTraffic(Traffic traffic)
{
    m_traffic = traffic;
    apply();
}

void FaultyNetwork::setSessions(Traffic traffic)
{
    m_sessions = traffic;
    apply();
}

void FaultyNetwork::accept()
{
    while (QTcpSocket* client = m_listener.nextPendingConnection()) {
        auto* link = new NetworkLink(client, m_serverPort, *this);
        m_links.append(link);
        link->apply();
    }
}

FaultyNetwork::Traffic FaultyNetwork::trafficOf(bool session) const
{
    return m_traffic == Traffic::Passes && session ? m_sessions : m_traffic;
}

void FaultyNetwork::apply()
{
    const QList<NetworkLink*> links = m_links; // those that end leave the list
    for (NetworkLink* link : links)
        link->apply();
}

} // namespace prism::test
