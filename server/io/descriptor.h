#pragma once

#include <QHostAddress>

#include <utility>

namespace prism::io {

/// One connected socket of the system: owns it, closes it at the end of its life, and knows who is at its
/// other end. Travels by move, from whoever accepted it to whoever reads and writes it, over threads too.
class Descriptor
{
public:
    /// None.
    Descriptor() = default;

    /// Owns `number`. `peer` is null where the other end has no address.
    explicit Descriptor(int number, const QHostAddress& peer = {})
        : m_number(number)
        , m_peer(peer)
    {
    }

    ~Descriptor() { close(); }

    Descriptor(Descriptor&& other) noexcept
        : m_number(std::exchange(other.m_number, -1))
        , m_peer(other.m_peer)
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

    /// At once. The peer stays known.
    void close();

private:
    int m_number = -1;
    QHostAddress m_peer;
};

} // namespace prism::io
