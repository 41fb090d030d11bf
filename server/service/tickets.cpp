#include "server/service/tickets.h"

#include "server/service/secret.h"
#include "shared/protocol/token_text.h"

namespace prism::service {

using protocol::Error;
using protocol::ErrorCode;
using protocol::Failure;
using protocol::Result;

namespace {

constexpr int mostOfToken = 64;
constexpr std::size_t mostTickets = 4'096;
constexpr qsizetype longestTicket = 100;

Error tooMany(const QString& who)
{
    return {ErrorCode::Quota,
            who +
                QStringLiteral(" have not been used yet. They are good for half a minute: try again then.")};
}

} // namespace

Result<QByteArray> Tickets::make(const Holder& holder, Clock::time_point now)
{
    const std::lock_guard lock(m_mutex);
    forgetOld(now);
    if (m_places.size() >= mostTickets)
        return Failure(tooMany(QStringLiteral("As many tickets as may be")));
    int& ofToken = m_ofTokens[holder.token];
    if (ofToken >= mostOfToken)
        return Failure(tooMany(QStringLiteral("As many tickets of this token as may be")));
    ++ofToken;
    QByteArray ticket = makeSecret();
    const QByteArray hash = protocol::hashOfSecret(ticket);
    m_byHash.insert(hash, m_places.insert(m_places.end(), {hash, holder, now + lifetime}));
    return ticket;
}

std::optional<Tickets::Holder> Tickets::take(const QByteArray& ticket, Clock::time_point now)
{
    if (ticket.isEmpty() || ticket.size() > longestTicket)
        return std::nullopt;
    const QByteArray hash = protocol::hashOfSecret(ticket);
    const std::lock_guard lock(m_mutex);
    forgetOld(now);
    const auto found = m_byHash.constFind(hash);
    return found == m_byHash.cend() ? std::nullopt : std::optional(remove(*found));
}

void Tickets::forgetOld(Clock::time_point now)
{
    while (!m_places.empty() && m_places.front().until <= now)
        remove(m_places.begin());
}

Tickets::Holder Tickets::remove(Places::iterator place)
{
    Holder holder = std::move(place->holder);
    m_byHash.remove(place->hash);
    m_places.erase(place);
    if (--m_ofTokens[holder.token] == 0)
        m_ofTokens.remove(holder.token);
    return holder;
}

} // namespace prism::service
