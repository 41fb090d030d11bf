#include "server/api/allowance.h"

#include "server/api/answers.h"
#include "server/api/body_rules.h"
#include "server/http/address_key.h"

#include <QRandomGenerator>

#include <algorithm>
#include <array>
#include <charconv>

namespace prism::api {

using http::Buckets;
using http::Request;
using http::Response;
using protocol::Error;
using protocol::ErrorCode;

namespace {

using Clock = Buckets::Clock;

qint64 wholeSeconds(std::chrono::nanoseconds time)
{
    return std::chrono::ceil<std::chrono::seconds>(time).count();
}

QByteArray policyOf(const char* name, const Buckets::Limit& limit)
{
    if (limit.perSecond == 0)
        return {};
    return '"' + QByteArray(name) + "\";q=" + QByteArray::number(limit.capacity()) +
           ";w=" + QByteArray::number(qint64(limit.saved.count()));
}

QByteArray policyOf(const Buckets& tokens, const Buckets& addresses)
{
    QByteArrayList policies{policyOf("token", tokens.limit()), policyOf("address", addresses.limit())};
    policies.removeAll(QByteArray());
    return policies.join(", ");
}

/// What the option is called that says how much.
QString optionOf(const char* what, bool isToken, const Buckets::Limit& limit)
{
    return QStringLiteral("--%1-per-%2: %3 a second, saved up for %4 seconds")
        .arg(QLatin1String(what), isToken ? QLatin1String("token") : QLatin1String("address"))
        .arg(limit.perSecond)
        .arg(qint64(limit.saved.count()));
}

/// Most do not, and are not looked at any further.
bool sendsBody(const Request& head)
{
    return head.method != "GET" && head.method != "HEAD" && hasBody(head);
}

} // namespace

Allowance::Allowance(const AllowanceLimits& limits)
    : m_limits(limits)
    , m_seed(std::size_t(QRandomGenerator::system()->generate64()))
    , m_ofTokens{Buckets({limits.ofToken.requests}), Buckets({limits.ofToken.bytes}),
                 Buckets({limits.ofToken.frames})}
    , m_ofAddresses{Buckets({limits.ofAddress.requests}), Buckets({limits.ofAddress.bytes}),
                    Buckets({limits.ofAddress.frames})}
    , m_policy(policyOf(m_ofTokens.requests, m_ofAddresses.requests))
{
}

/// Who has no address comes from this machine.
bool Allowance::isExempt(const Request& head) const
{
    return m_limits.isLoopbackExempt && (head.peer.isNull() || head.peer.isLoopback());
}

std::optional<Response> Allowance::refusalOfAddress(Request& head)
{
    if (isExempt(head))
        return std::nullopt;
    head.addressHash = qHash(http::addressKeyOf(head.peer).value_or(http::AddressKey{}), m_seed);
    return refusal(head, m_ofAddresses, head.addressHash, false);
}

std::optional<Response> Allowance::refusalOfToken(Request& head)
{
    if (head.user.isEmpty() || isExempt(head))
        return std::nullopt;
    head.userHash = qHash(head.user, m_seed);
    return refusal(head, m_ofTokens, head.userHash, true);
}

/// Bodies are counted when they have arrived: whoever sent too much of them waits until that is made up for.
std::optional<Response> Allowance::refusal(Request& head, Counted& counted, quint64 key, bool isToken)
{
    const Buckets::Level requests = counted.requests.take(key, 1, head.arrived);
    if (requests.isWithin && counted.requests.isLimited()) {
        head.allowance = {isToken, requests.left, wholeSeconds(requests.full)};
    } else if (!requests.isWithin) {
        head.allowance = {isToken, 0, wholeSeconds(requests.enough)};
        return failureUntil(head.id,
                            {ErrorCode::RateLimit,
                             isToken ? QStringLiteral("This token has asked as often as it may for now.")
                                     : QStringLiteral("This address has asked as often as it may for now."),
                             {optionOf("requests", isToken, counted.requests.limit())}},
                            wholeSeconds(requests.enough));
    }
    if (!sendsBody(head))
        return std::nullopt;
    const Buckets::Level bytes = counted.bytes.take(key, 0, head.arrived);
    if (bytes.isWithin)
        return std::nullopt;
    return failureUntil(head.id,
                        {ErrorCode::RateLimit,
                         isToken ? QStringLiteral("This token has sent as much as it may for now.")
                                 : QStringLiteral("This address has sent as much as it may for now."),
                         {optionOf("body-bytes", isToken, counted.bytes.limit())}},
                        wholeSeconds(bytes.enough));
}

void Allowance::noteBody(const Request& request)
{
    if (request.body.isEmpty() || isExempt(request))
        return;
    const Clock::time_point now = Clock::now();
    m_ofAddresses.bytes.charge(request.addressHash, request.body.size(), now);
    if (!request.user.isEmpty())
        m_ofTokens.bytes.charge(request.userHash, request.body.size(), now);
}

std::function<bool()> Allowance::frames(const Request& head)
{
    const bool isCounted = m_ofTokens.frames.isLimited() || m_ofAddresses.frames.isLimited();
    if (!isCounted || isExempt(head))
        return {};
    return [this, address = head.addressHash, user = head.userHash, hasUser = !head.user.isEmpty()] {
        const Clock::time_point now = Clock::now();
        return m_ofAddresses.frames.take(address, 1, now).isWithin &&
               (!hasUser || m_ofTokens.frames.take(user, 1, now).isWithin);
    };
}

http::ConnectionQuota::Ticket Allowance::takePlace(const Request& head)
{
    const std::lock_guard lock(m_mutex);
    int& taken = m_places[head.user];
    const bool isLimited = !head.user.isEmpty() && m_limits.connectionsOfToken > 0;
    if (isLimited && taken >= m_limits.connectionsOfToken) {
        m_placesRefused.fetch_add(1, std::memory_order_relaxed);
        return nullptr;
    }
    ++taken;
    return {this, [user = head.user](Allowance* all) {
                const std::lock_guard giving(all->m_mutex);
                if (--all->m_places[user] == 0)
                    all->m_places.remove(user);
            }};
}

Response Allowance::noPlace(const Request& head)
{
    return failureUntil(
        head.id,
        {ErrorCode::RateLimit,
         QStringLiteral("This token has as many connections that last as it may."),
         {QStringLiteral("--max-connections-per-token: so many WebSockets, streams and waits for "
                         "events")}},
        1);
}

void Allowance::addTo(http::Headers& headers, const Request& head) const
{
    if (!head.allowance)
        return;
    std::array<char, 64> text{}; // of two names at most and two numbers
    char* const end = text.data() + text.size();
    const QByteArrayView name = head.allowance->isToken ? "\"token\";r=" : "\"address\";r=";
    char* at = std::copy(name.begin(), name.end(), text.data());
    at = std::to_chars(at, end, head.allowance->left).ptr;
    const QByteArrayView until = ";t=";
    at = std::copy(until.begin(), until.end(), at);
    at = std::to_chars(at, end, head.allowance->seconds).ptr;
    const QByteArray left(text.data(), at - text.data());
    headers.emplaceBack(QByteArrayLiteral("RateLimit-Policy"), m_policy);
    headers.emplaceBack(QByteArrayLiteral("RateLimit"), left);
}

telemetry::RateRefusals Allowance::refusals() const
{
    return {{m_ofTokens.requests.refusals(), m_ofTokens.bytes.refusals(), m_ofTokens.frames.refusals(),
             m_placesRefused.load(std::memory_order_relaxed)},
            {m_ofAddresses.requests.refusals(), m_ofAddresses.bytes.refusals(),
             m_ofAddresses.frames.refusals(), 0}};
}

} // namespace prism::api
