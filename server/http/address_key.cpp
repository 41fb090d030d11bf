#include "server/http/address_key.h"

#include <QtEndian>

namespace prism::http {

std::optional<AddressKey> addressKeyOf(const QHostAddress& peer)
{
    bool isIPv4 = false;
    if (const quint32 v4 = peer.toIPv4Address(&isIPv4); isIPv4)
        return AddressKey{4, v4};
    if (peer.protocol() != QAbstractSocket::IPv6Protocol)
        return std::nullopt;
    const Q_IPV6ADDR v6 = peer.toIPv6Address();
    return AddressKey{6, qFromBigEndian<quint64>(v6.c)};
}

QByteArray addressShareOf(const QHostAddress& peer)
{
    const auto key = addressKeyOf(peer);
    return key ? QByteArray::number(key->first) + ' ' + QByteArray::number(key->second) : QByteArray();
}

} // namespace prism::http
