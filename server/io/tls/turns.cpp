#include "server/io/tls/turns.h"

namespace prism::io::tls {

void Turns::add(const QByteArray& share, Handshake* handshake)
{
    std::list<Handshake*>& all = m_waiting[share];
    if (all.empty())
        m_order.push_back(share);
    all.push_back(handshake);
}

Handshake* Turns::take()
{
    const QByteArray share = m_order.front();
    m_order.pop_front();
    const auto all = m_waiting.find(share);
    Handshake* const handshake = all->second.front();
    all->second.pop_front();
    if (all->second.empty())
        m_waiting.erase(all);
    else
        m_order.push_back(share);
    return handshake;
}

void Turns::remove(const QByteArray& share, Handshake* handshake)
{
    const auto all = m_waiting.find(share);
    if (all == m_waiting.end())
        return;
    all->second.remove(handshake);
    if (!all->second.empty())
        return;
    m_waiting.erase(all);
    m_order.remove(share);
}

void Turns::clear()
{
    m_waiting.clear();
    m_order.clear();
}

} // namespace prism::io::tls
