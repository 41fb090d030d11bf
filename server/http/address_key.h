#pragma once

#include <QHostAddress>

#include <optional>
#include <utility>

namespace prism::http {

/// Whose share it is where shares are counted by address: an IPv4 address, or the upper half of an IPv6 one,
/// since whoever has one of those has all behind it. A value.
using AddressKey = std::pair<int, quint64>;

/// Nothing for a peer without an address.
std::optional<AddressKey> addressKeyOf(const QHostAddress& peer);

} // namespace prism::http
