#pragma once

#include <QByteArray>

#include <list>
#include <map>

namespace prism::io::tls {

class Handshake;

/// Handshakes that wait, by whose they are: each of those who wait has a turn, however many another has.
/// Borrows them. Belongs to one thread.
class Turns
{
public:
    bool isEmpty() const { return m_order.empty(); }

    void add(const QByteArray& share, Handshake* handshake);

    /// The first of whose turn it is. There is one.
    Handshake* take();

    /// One that waits no more, or never did.
    void remove(const QByteArray& share, Handshake* handshake);

    void clear();

private:
    std::map<QByteArray, std::list<Handshake*>> m_waiting; ///< none empty
    std::list<QByteArray> m_order;                         ///< of the same, who is next first
};

} // namespace prism::io::tls
