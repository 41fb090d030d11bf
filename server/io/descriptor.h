#pragma once

#include <QHostAddress>

#include <atomic>
#include <memory>
#include <utility>

namespace prism::io {

/// One connected socket of the system: owns it, closes it at the end of its life, and knows who is at its
/// other end. Where what is written goes on from there by another socket, it knows how much is on the way.
/// Travels by move, from whoever accepted it to whoever reads and writes it, over threads too.
class Descriptor
{
public:
    /// Bytes that were written and have not reached the peer; whoever carries them on keeps it up to date.
    using OnTheWay = std::shared_ptr<const std::atomic<qint64>>;

    /// None.
    Descriptor() = default;

    /// Owns `number`. `peer` is null where the other end has no address.
    explicit Descriptor(int number, const QHostAddress& peer = {}, OnTheWay onTheWay = {})
        : m_number(number)
        , m_peer(peer)
        , m_onTheWay(std::move(onTheWay))
    {
    }

    ~Descriptor() { close(); }

    Descriptor(Descriptor&& other) noexcept
        : m_number(std::exchange(other.m_number, -1))
        , m_peer(other.m_peer)
        , m_onTheWay(std::move(other.m_onTheWay))
    {
    }

    Descriptor& operator=(Descriptor&& other) noexcept;

    /// Owns what accept(2) gave. The peer's address is asked for here, while it is sure to be there; that of
    /// an IPv4 client which came in over an IPv6 socket is told as IPv4.
    static Descriptor accepted(int number);

    bool isOpen() const { return m_number >= 0; }

    /// For the system's calls; -1 when there is none. Stays owned.
    int number() const { return m_number; }

    const QHostAddress& peer() const { return m_peer; }

    /// Null where the socket itself leads to the peer.
    const std::atomic<qint64>* onTheWay() const { return m_onTheWay.get(); }

    /// At once. The peer stays known.
    void close();

private:
    int m_number = -1;
    QHostAddress m_peer;
    OnTheWay m_onTheWay;
};

} // namespace prism::io
