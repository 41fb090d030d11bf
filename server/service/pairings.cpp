#include "server/service/pairings.h"

#include "server/service/secret.h"
#include "server/store/uuid.h"
#include "shared/protocol/token_text.h"

#include <QRandomGenerator>

#include <algorithm>

namespace prism::service {

using protocol::Error;
using protocol::ErrorCode;
using protocol::Failure;
using protocol::Result;
using protocol::Timestamp;

namespace {

constexpr std::chrono::minutes longestWait{10};
constexpr std::chrono::seconds longestClaim{30};
constexpr std::size_t mostPlaces = 20;
constexpr std::ptrdiff_t mostOfOne = 2;

Error tooMany(const QString& who)
{
    return {ErrorCode::Quota, who + QStringLiteral(" wait to be let in already. Try again in ten minutes.")};
}

Error notWaiting()
{
    return {ErrorCode::NotFound,
            QStringLiteral("Nobody waits so. Whoever does waits ten minutes, and not longer than the server "
                           "runs: pair anew.")};
}

} // namespace

Result<Pairings::Begun> Pairings::begin(const QString& name, const QString& address, const QByteArray& share,
                                        Timestamp now)
{
    const std::lock_guard lock(m_mutex);
    forgetOld(now);
    if (m_places.size() >= mostPlaces)
        return Failure(tooMany(QStringLiteral("As many as may")));
    if (std::ranges::count(m_places, share, &Place::share) >= mostOfOne)
        return Failure(tooMany(QStringLiteral("Two from this address")));
    const QByteArray secret = makeSecret();
    const Waiting pairing{store::makeUuidV7(), name, address, now, now + longestWait};
    m_places.push_back({pairing, freeCode(), share, protocol::hashOfSecret(secret)});
    return Begun{pairing, m_places.back().code, secret};
}

std::vector<Pairings::Waiting> Pairings::waiting(Timestamp now)
{
    const std::lock_guard lock(m_mutex);
    forgetOld(now);
    std::vector<Waiting> waiting;
    for (const Place& place : m_places) {
        if (place.token.isEmpty())
            waiting.push_back(place.pairing);
    }
    return waiting;
}

Result<Pairings::Waiting> Pairings::claim(const QString& code, const QByteArray& by, Timestamp now)
{
    const std::lock_guard lock(m_mutex);
    forgetOld(now);
    const auto place = std::ranges::find_if(m_places, [&](const Place& each) {
        const bool isFree = each.claimedBy == by || each.claimedUntil <= now;
        return each.code == code && each.token.isEmpty() && isFree;
    });
    if (place == m_places.end())
        return Failure(notWaiting());
    place->claimedBy = by;
    place->claimedUntil = now + longestClaim;
    return place->pairing;
}

void Pairings::grant(const QString& id, const QByteArray& token)
{
    const std::lock_guard lock(m_mutex);
    for (Place& place : m_places) {
        if (place.pairing.id == id)
            place.token = token;
    }
}

Result<std::optional<QByteArray>> Pairings::collect(const QString& id, const QByteArray& secret,
                                                    Timestamp now)
{
    const QByteArray hash = protocol::hashOfSecret(secret);
    const std::lock_guard lock(m_mutex);
    forgetOld(now);
    const auto place = std::ranges::find_if(m_places, [&](const Place& each) {
        return protocol::areSameHashes(each.secretHash, hash) && each.pairing.id == id;
    });
    if (place == m_places.end())
        return Failure(notWaiting());
    if (place->token.isEmpty())
        return std::optional<QByteArray>();
    std::optional<QByteArray> token = std::move(place->token);
    m_places.erase(place);
    return token;
}

/// Where the clock was set back they would wait for too long.
void Pairings::forgetOld(Timestamp now)
{
    std::erase_if(m_places, [now](const Place& place) {
        return place.pairing.until <= now || place.pairing.since > now;
    });
}

QString Pairings::freeCode() const
{
    constexpr int codes = 1'000'000;
    while (true) {
        const QString code =
            QStringLiteral("%1").arg(QRandomGenerator::system()->bounded(codes), 6, 10, QLatin1Char('0'));
        if (std::ranges::find(m_places, code, &Place::code) == m_places.end())
            return code;
    }
}

} // namespace prism::service
