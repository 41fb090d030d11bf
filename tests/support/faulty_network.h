#pragma once

#include <QObject>
#include <QTcpServer>
#include <QUrl>

#include <chrono>

namespace prism::test {

class NetworkLink;

/// The way from clients to a server on this machine, which can be cut, slowed down and split. Whatever comes
/// through comes whole and in order, as TCP has it; packets lost or swapped beneath TCP are not faked, nor is
/// a full buffer of the kernel's. Lives on the test's thread and needs its event loop.
class FaultyNetwork : public QObject
{
    Q_OBJECT

public:
    enum class Traffic {
        Passes,
        Stalls,  ///< connections are accepted and kept, and nothing gets through; it does when this is over
        Refused, ///< connections are reset, those that are and those that are tried
    };

    /// In front of the server that listens on `port`.
    explicit FaultyNetwork(quint16 port);
    ~FaultyNetwork() override;

    /// Where clients find the server.
    QUrl url() const;

    void setTraffic(Traffic traffic);

    /// What happens to WebSocket sessions alone, while `setTraffic(Passes)` holds for all else.
    void setSessions(Traffic traffic);

    /// How long whatever is sent from now on is on its way, in each direction.
    void setDelay(std::chrono::milliseconds delay) { m_delay = delay; }

    /// How much gets through to each client; 0 for no bound.
    void setBytesPerSecond(qint64 rate) { m_rate = rate; }

    /// Connections that stalled or were reset instead of served.
    int troubled() const { return m_troubled; }

private:
    friend class NetworkLink;

    void accept();
    Traffic trafficOf(bool session) const;
    void apply();

    QTcpServer m_listener;
    const quint16 m_serverPort;
    QList<NetworkLink*> m_links;
    Traffic m_traffic = Traffic::Passes;
    Traffic m_sessions = Traffic::Passes;
    std::chrono::milliseconds m_delay{0};
    qint64 m_rate = 0;
    int m_troubled = 0;
};

} // namespace prism::test
