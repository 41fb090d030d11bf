#pragma once

#include <QByteArray>
#include <QHostAddress>

#include <optional>
#include <utility>

namespace prism::http {

/// Whose share it is where shares are counted by address: an IPv4 address, or the upper half of an IPv6 one,
/// since whoever has one of those has all behind it. A value.
using AddressKey = std::pair<int, quint64>;

/// Nothing for a peer without an address.
std::optional<AddressKey> addressKeyOf(const QHostAddress& peer);

/// The same as a text, for whoever knows nothing of addresses; empty for nothing.
QByteArray addressShareOf(const QHostAddress& peer);

} // namespace prism::http
