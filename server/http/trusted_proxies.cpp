#include "server/http/trusted_proxies.h"

#include "server/http/target.h"

#include <algorithm>

namespace prism::http {

namespace {

/// More proxies behind each other than anybody has.
constexpr qsizetype mostHops = 32;

/// "https" or "http"; nothing for what is neither. Some name what a WebSocket is asked for by.
std::optional<QByteArray> schemeOf(const QByteArray& proto)
{
    const QByteArray lower = proto.toLower();
    if (lower == "https" || lower == "wss")
        return QByteArrayLiteral("https");
    if (lower == "http" || lower == "ws")
        return QByteArrayLiteral("http");
    return std::nullopt;
}

/// Of a list with as many entries as X-Forwarded-For has, the one of the same place; of others, the only one.
std::optional<QByteArray> entryOf(const QByteArray& field, qsizetype fromRight, qsizetype addresses)
{
    const qsizetype entries = field.count(',') + 1;
    if (entries == 1)
        return field;
    return entries == addresses ? std::optional(field.split(',')[entries - 1 - fromRight].trimmed())
                                : std::nullopt;
}

} // namespace

std::optional<Network> Network::read(const QString& text)
{
    const qsizetype slash = text.indexOf(QLatin1Char('/'));
    const QByteArray written = (slash < 0 ? text : text.left(slash)).toLatin1();
    const auto address = written.startsWith('[') ? std::nullopt : readNode(written);
    if (!address || (written.contains('.') && written.contains(':')))
        return std::nullopt;
    const bool isIPv4 = address->protocol() == QAbstractSocket::IPv4Protocol;
    const int most = isIPv4 ? 32 : 128;
    const QString length = slash < 0 ? QString::number(most) : text.mid(slash + 1);
    const int prefix = length.toInt();
    if (prefix < 0 || prefix > most || QString::number(prefix) != length)
        return std::nullopt;
    const Network network{*address, prefix};
    const auto isZeroBeyond = [&] {
        if (isIPv4)
            return prefix == 32 || (address->toIPv4Address() << prefix) == 0;
        const Q_IPV6ADDR bytes = address->toIPv6Address();
        for (int bit = prefix; bit < 128; ++bit) {
            if ((bytes[bit / 8] >> (7 - bit % 8) & 1) != 0)
                return false;
        }
        return true;
    };
    return isZeroBeyond() ? std::optional(network) : std::nullopt;
}

bool TrustedProxies::trusts(const QHostAddress& address) const
{
    if (address.isNull())
        return m_settings.socketPeers;
    return std::any_of(m_settings.networks.begin(), m_settings.networks.end(),
                       [&](const Network& network) { return network.contains(address); });
}

void TrustedProxies::apply(Request& head) const
{
    if ((m_settings.networks.empty() && !m_settings.socketPeers) || !trusts(head.peer))
        return;
    head.isForwarded = true;
    if (!believe(head))
        m_unbelieved.fetch_add(1, std::memory_order_relaxed);
}

/// Where an address is not told, it is that of the nearest who is known.
std::optional<TrustedProxies::Told> TrustedProxies::lastUntrusted(Hops hops, const QHostAddress& peer) const
{
    Told told{peer, 0, {}, {}};
    for (qsizetype i = 0; i < mostHops; ++i) {
        const std::optional<Hop> hop = hops.previous();
        if (!hop)
            return std::nullopt;
        told.fromRight = i;
        told.proto = hop->proto;
        told.host = hop->host;
        if (hop->address.isNull())
            return told;
        told.address = hop->address;
        if (!trusts(hop->address) || hops.isAtBegin())
            return told;
    }
    return std::nullopt;
}

/// All or nothing. Either field may be one that a client wrote and its proxy does not know.
bool TrustedProxies::believe(Request& head) const
{
    Told told{head.peer, 0, {}, {}};
    const QByteArray addresses = head.header("x-forwarded-for");
    if (head.headers.contains("x-forwarded-for")) {
        const auto read = lastUntrusted(Hops(Hops::Kind::Addresses, addresses), head.peer);
        if (!read)
            return false;
        told = *read;
    }
    if (head.headers.contains("forwarded")) {
        const QByteArray pairs = head.header("forwarded");
        const auto read = lastUntrusted(Hops(Hops::Kind::Pairs, pairs), head.peer);
        if (!read || (head.headers.contains("x-forwarded-for") && read->address != told.address))
            return false;
        told.address = read->address;
        told.proto = read->proto;
        told.host = read->host;
    }
    const qsizetype entries = addresses.count(',') + 1;
    for (auto& [name, value] : {std::pair<QByteArrayView, QByteArray&>("x-forwarded-proto", told.proto),
                                std::pair<QByteArrayView, QByteArray&>("x-forwarded-host", told.host)}) {
        if (!head.headers.contains(name))
            continue;
        const auto entry = entryOf(head.header(name), told.fromRight, entries);
        if (!entry || (!value.isEmpty() && value.compare(*entry, Qt::CaseInsensitive) != 0))
            return false;
        value = *entry;
    }
    const auto scheme = told.proto.isEmpty() ? std::optional(QByteArray()) : schemeOf(told.proto);
    if (!scheme || (!told.host.isEmpty() && !isAuthority(told.host)))
        return false;
    head.peer = told.address;
    head.scheme = *scheme;
    if (!told.host.isEmpty())
        head.authority = told.host;
    return true;
}

} // namespace prism::http
